import { createContext, useContext } from 'react';

export type Person = { name: string; signOut: () => void };

export const SignedInContext = createContext<Person | undefined>(undefined);

/** The person who is signed in. Outside a `SignInGate` it throws. */
export function useSignedIn(): Person {
  const person = useContext(SignedInContext);
  if (!person) throw new Error('useSignedIn needs a SignInGate above it');
  return person;
}
