import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { ApiProvider } from '../api/api.tsx';
import { makeCall } from '../api/call.ts';
import { useLanguage } from '../language/language.tsx';
import { Session, type SignedIn, signedInPath } from './session.ts';
import { SignInProblem } from './sign-in-problem.tsx';
import { SignedInContext } from './signed-in-context.ts';
import { Waiting } from './waiting.tsx';

type Gate =
  | { at: 'opening' }
  | { at: 'inside'; session: Session; signedIn: SignedIn }
  | { at: 'problem'; problem: unknown };

/** Shows what is inside to a person who is signed in, and sends everybody else to the issuer first. */
export function SignInGate({ children }: { children: ReactNode }) {
  const [gate, setGate] = useState<Gate>({ at: 'opening' });
  const { language } = useLanguage();
  // The issuer's answer can be taken once: a second effect must not try it again.
  const opened = useRef(false);

  useEffect(() => {
    if (opened.current) return;
    opened.current = true;
    open()
      .then((inside) => inside && setGate(inside))
      .catch((problem: unknown) => setGate({ at: 'problem', problem }));
  }, []);

  const inside = useMemo(() => {
    if (gate.at !== 'inside') return undefined;
    const { session, signedIn } = gate;
    const onSignedOut = () => void session.leaveToSignIn(currentPage());
    // In another language everything is asked for again: many of the server's replies hold sentences.
    const call = makeCall({ accessToken: signedIn.accessToken, onSignedOut, language });
    return { call, person: { name: signedIn.name, signOut: () => void session.leave() } };
  }, [gate, language]);

  if (gate.at === 'problem') return <SignInProblem problem={gate.problem} />;
  if (!inside) return <Waiting />;
  return (
    <SignedInContext.Provider value={inside.person}>
      <ApiProvider call={inside.call}>{children}</ApiProvider>
    </SignedInContext.Provider>
  );
}

/** Opens the session; nothing where the browser is on its way to the issuer. */
async function open(): Promise<Gate | undefined> {
  const session = await Session.open();
  if (window.location.pathname === signedInPath) {
    window.history.replaceState(null, '', await session.comeBack());
  }
  const signedIn = await session.current();
  if (signedIn) return { at: 'inside', session, signedIn };
  await session.leaveToSignIn(currentPage());
  return undefined;
}

function currentPage(): string {
  return `${window.location.pathname}${window.location.search}`;
}
