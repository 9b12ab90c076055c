import './without-eval.ts';
import '@cloudscape-design/global-styles/index.css';
import './portal.css';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router-dom';
import { App } from './app.tsx';
import { LanguageProvider } from './language/language.tsx';
import { SignInGate } from './sign-in/sign-in-gate.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <LanguageProvider>
    <SignInGate>
      <BrowserRouter basename={import.meta.env.BASE_URL}>
        <App />
      </BrowserRouter>
    </SignInGate>
  </LanguageProvider>,
);
