// Prints docs/operations/configuration.md from the configuration schema itself; `npm test` compares.
import { COMMON_CONFIG } from '@gpect/service-kit/config/config';

function configurationTable() {
  const rows = Object.entries(COMMON_CONFIG).map(([name, spec]) => {
    const { desc = '', example = '', default: fallback, choices } = spec;
    return `| \`${name}\` | ${desc}${choices ? ` (${choices.join(', ')})` : ''} | ${fallback === undefined ? '**required**' : `\`${fallback}\``} | ${example ? `\`${example}\`` : ''} |`;
  });
  return `# Configuration

Every service starts alone with nothing but these environment variables. A service that lacks one names all its faults at
once and ends with code 78. This table is made from the schema (\`node infra/checks/configuration-table.mjs\`).

| variable | meaning | default | example |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

process.stdout.write(configurationTable());
