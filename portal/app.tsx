import { Navigate, Route, Routes } from 'react-router-dom';
import { ApiKeysPage } from './api-keys/api-keys-page.tsx';
import { CompaniesPage } from './companies/companies-page.tsx';
import { CompanyPage } from './companies/company-page.tsx';
import { DiagnosisPage } from './health/diagnosis-page.tsx';
import { AccountingPage } from './integrations/accounting-page.tsx';
import { FreshBooksPage } from './integrations/freshbooks-page.tsx';
import { LinkSettingsPage } from './link-settings/link-settings-page.tsx';
import { ProofPage } from './proof/proof-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { NoticesProvider } from './shell/notices.tsx';
import { freshbooksPlace, places } from './shell/places.ts';
import { Shell } from './shell/shell.tsx';
import { SyncSettingsPage } from './sync-settings/sync-settings-page.tsx';
import { WebhookPage } from './webhooks/webhook-page.tsx';
import { WebhooksPage } from './webhooks/webhooks-page.tsx';

/** The portal's pages. */
export function App() {
  return (
    <NoticesProvider>
      <Routes>
        <Route element={<Shell />}>
          <Route index element={<Navigate to={places.companies} replace />} />
          <Route path={places.companies} element={<CompaniesPage />} />
          <Route path={`${places.companies}/:companyId/:tab?`} element={<CompanyPage />} />
          <Route
            path={`${places.companies}/:companyId/connections/:connectionId/health`}
            element={<DiagnosisPage />}
          />
          <Route path={`${places.companies}/:companyId/proof/:dataType`} element={<ProofPage />} />
          <Route path="/settings" element={<Navigate to={places.integrations} replace />} />
          <Route path="/settings/integrations" element={<Navigate to={places.integrations} replace />} />
          <Route path={places.integrations} element={<AccountingPage />} />
          <Route path={freshbooksPlace} element={<FreshBooksPage />} />
          <Route path={places.syncSettings} element={<SyncSettingsPage />} />
          <Route path={places.webhooks} element={<WebhooksPage />} />
          <Route path={`${places.webhooks}/:webhookId`} element={<WebhookPage />} />
          <Route path={places.apiKeys} element={<ApiKeysPage />} />
          <Route path={places.linkSettings} element={<LinkSettingsPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </NoticesProvider>
  );
}
