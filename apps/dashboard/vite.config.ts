import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Everything is a file of ours that is named by its content: the policy of the pages lets nothing inline run. */
export default defineConfig({
  root: 'client',
  plugins: [react()],
  build: { outDir: '../.client', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
