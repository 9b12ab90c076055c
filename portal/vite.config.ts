import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const embedded = /url\((['"]?)data:([a-z0-9/+-]+)((?:;[a-z0-9=-]+)*),([^'")]+)\1\)/g;

const endings: Readonly<Record<string, string>> = { 'font/woff2': 'woff2', 'image/svg+xml': 'svg' };

/**
 * Cloudscape's CSS carries its fonts and some icons inside it; as files of their own they load when they are needed,
 * and the content security policy needs no `data:`.
 */
function embeddedAsFiles(): Plugin {
  return {
    name: 'embedded-as-files',
    generateBundle(_options, bundle) {
      const emit = (type: string, parameters: string, data: string): string => {
        const source = parameters.includes('base64') ? Buffer.from(data, 'base64') : decodeURIComponent(data);
        const digest = createHash('sha256').update(source).digest('hex').slice(0, 12);
        const name = `${digest}.${endings[type] ?? 'bin'}`;
        this.emitFile({ type: 'asset', fileName: `assets/${name}`, source });
        return `url(${name})`;
      };
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
        file.source = file.source
          .toString()
          .replaceAll(embedded, (_all, _quote, type: string, parameters: string, data: string) =>
            emit(type, parameters, data),
          );
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: '/portal/',
  plugins: [react(), embeddedAsFiles()],
  build: {
    outDir: resolve(import.meta.dirname, '../dist/portal'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    // Cloudscape is one large library: a warning about its size at every build tells nobody anything.
    chunkSizeWarningLimit: 2000,
  },
});
