import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Integration } from '../api/setup.ts';
import { Copy } from '../copying/copy.tsx';
import { useLanguage } from '../language/language.tsx';
import { SaveScopes } from './save-scopes.tsx';
import { ScopeList } from './scope-list.tsx';

type ScopeSettingsProps = {
  integration: Integration;
  chosen: readonly string[];
  onChoose: (scopes: readonly string[]) => void;
  onChanged: (integration: Integration) => void;
};

/** FreshBooks application scopes: those to read, those to write, and what a later change means. */
export function ScopeSettings({ integration, chosen, onChoose, onChanged }: ScopeSettingsProps) {
  const { t } = useLanguage();
  const { read, write } = integration.offered;
  const ordered = [...read, ...write].filter((scope) => chosen.includes(scope));
  const choose = (scope: string, on: boolean) =>
    onChoose(on ? [...chosen, scope] : chosen.filter((other) => other !== scope));
  const written = write.filter((scope) => chosen.includes(scope)).length;
  return (
    <Container
      header={
        <Header
          description={t('scopes.help')}
          actions={
            <Copy
              variant="button"
              text={ordered.join(' ')}
              name={t('scopes.title')}
              buttonText={t('scopes.copyAll', { count: ordered.length })}
            />
          }
        >
          {t('scopes.title')}
        </Header>
      }
      footer={
        integration.configured && (
          <SaveScopes integration={integration} chosen={ordered} onChanged={onChanged} onReset={onChoose} />
        )
      }
    >
      <SpaceBetween size="l">
        <Alert type="warning">{t('scopes.changing')}</Alert>
        <div>
          <Box variant="h3" padding={{ top: 'n', bottom: 'xs' }}>
            {t('scopes.read', { count: read.length })}
          </Box>
          <ScopeList scopes={read} chosen={chosen} onChoose={choose} />
        </div>
        <ExpandableSection
          headerText={t('scopes.write', { chosen: written, count: write.length })}
          headerDescription={t('scopes.writeHelp')}
          defaultExpanded={written > 0}
        >
          <ScopeList scopes={write} chosen={chosen} onChoose={choose} />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
