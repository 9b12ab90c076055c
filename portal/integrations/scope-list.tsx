import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import { Copy } from '../copying/copy.tsx';
import { useLanguage } from '../language/language.tsx';

/** FreshBooks gives it to every app, and without it nobody could be told apart. */
const alwaysAsked = 'user:profile:read';

type ScopeListProps = {
  scopes: readonly string[];
  chosen: readonly string[];
  onChoose: (scope: string, on: boolean) => void;
};

/** Scopes to choose from, each with its name in FreshBooks and a button that copies it. */
export function ScopeList({ scopes, chosen, onChoose }: ScopeListProps) {
  const { word } = useLanguage();
  return (
    <ul className="scopes">
      {scopes.map((scope) => (
        <li key={scope}>
          <Checkbox
            checked={chosen.includes(scope)}
            disabled={scope === alwaysAsked}
            onChange={({ detail }) => onChoose(scope, detail.checked)}
            description={<Box variant="code">{scope}</Box>}
          >
            {word('scope', scope.split(':')[1] ?? scope)}
          </Checkbox>
          <Copy variant="icon" text={scope} name={scope} />
        </li>
      ))}
    </ul>
  );
}
