import { z } from 'zod';

/** How the launcher asks for a stack; it crosses from its process to the engine's. */
export const StackOptions = z.object({
  assemblyDir: z.string(),
  stackName: z.string().optional(),
  stateDir: z.string(),
  ports: z
    .object({
      origin: z.number().optional(),
      aws: z.number().optional(),
      signIn: z.number().optional(),
      control: z.number().optional(),
    })
    .default({}),
  parameters: z.record(z.string(), z.string()).default({}),
  publicUrl: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
});
export type StackOptions = z.infer<typeof StackOptions>;

/** Where everything is, once it is up. */
export const Ready = z.object({
  originUrl: z.string(),
  awsUrl: z.string(),
  signInUrl: z.string(),
  controlUrl: z.string(),
  outputs: z.record(z.string(), z.string()),
  signInUser: z.object({ email: z.string(), password: z.string() }),
  owner: z.object({ accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string() }),
  region: z.string(),
});
export type Ready = z.infer<typeof Ready>;

export const FromEngine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), ready: Ready }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
  z.object({ kind: z.literal('log'), line: z.string() }),
]);
export type FromEngine = z.infer<typeof FromEngine>;

export const ToEngine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), options: StackOptions }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToEngine = z.infer<typeof ToEngine>;
