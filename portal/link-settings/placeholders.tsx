import Box from '@cloudscape-design/components/box';
import { Copy } from '../copying/copy.tsx';
import { useLanguage } from '../language/language.tsx';

/** The names that are filled in a return address, each to copy. */
export function Placeholders({ names }: { names: readonly string[] }) {
  const { t } = useLanguage();
  return (
    <div>
      <Box variant="awsui-key-label">{t('linkSettings.placeholders')}</Box>
      <Box color="text-body-secondary" padding={{ bottom: 'xs' }}>
        {t('linkSettings.placeholdersHelp')}
      </Box>
      <ul className="scopes">
        {names.map((name) => (
          <li key={name}>
            <Copy text={`{${name}}`} name={name} />
          </li>
        ))}
      </ul>
    </div>
  );
}
