import { z } from 'zod';

// zod's compiled parsers need `eval`, which the content security policy forbids; it looks whether it may as soon as a
// schema is made, so this stands before every module that makes one.
z.config({ jitless: true });
