// The house rules of docs/architecture.md, held by dependency-cruiser. fixtures/ has a failing example of each.
const { decisionFiles } = require('./decision-files.cjs');

const app = '^apps/([^/]+)/';
const decisions = decisionFiles(process.cwd()).map((file) => `^${file.replaceAll('.', '\\.')}$`);
module.exports = {
  forbidden: [
    {
      name: 'apps-never-import-apps',
      comment: 'Services know each other by events alone.',
      severity: 'error',
      from: { path: app },
      to: { path: app, pathNot: '^apps/$1/' },
    },
    {
      name: 'packages-never-import-apps',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|infra)/' },
    },
    {
      name: 'packages-import-below',
      comment:
        'file-imports -> file-uploads; these, enrolment-facts and partner-events -> service-kit -> contracts, tabular-files -> domain-values, below reference-data; the servers for tests and the local stack stand apart.',
      severity: 'error',
      from: { path: '^packages/(contracts|domain-values|reference-data|tabular-files)/' },
      to: { path: '^packages/(?!contracts/|domain-values/|reference-data/|tabular-files/)' },
    },
    {
      name: 'kit-does-not-know-the-servers',
      severity: 'error',
      from: { path: '^packages/service-kit/', pathNot: '\\.test\\.ts$|/test/' },
      to: { path: '^packages/(test-kit|local-servers)/' },
    },
    {
      name: 'kit-knows-no-subject',
      comment:
        'What is of one subject stands in a package of its own, above the kit: a service takes those that it has.',
      severity: 'error',
      from: { path: '^packages/service-kit/' },
      to: {
        path: '^packages/(?!service-kit/|contracts/|domain-values/|tabular-files/|test-kit/|local-servers/)|^packages/contracts/(src|dist)/partner-topics',
      },
    },
    {
      name: 'one-place-knows-kafkajs',
      comment: 'The day kafkajs is replaced, one file of the services changes.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: '^packages/(service-kit/src/kafka|test-kit|local-servers)/' },
      to: { path: 'node_modules/kafkajs' },
    },
    {
      name: 'decisions-do-no-io',
      comment: 'A file that exports a decision reads no clock, database or network.',
      severity: 'error',
      from: { path: decisions },
      to: { path: 'node_modules/(mongoose|express)|^(node:)?(fs|http|net|crypto)$|/(mongo|kafka|outbox|inbox|http)/' },
    },
    {
      name: 'decisions-reach-no-database',
      comment: 'Nor does it through another file of its service.',
      severity: 'error',
      from: { path: decisions },
      to: { path: 'node_modules/(mongoose|express|kafkajs)/', reachable: true },
    },
    {
      name: 'routes-decide-no-rights',
      comment: 'Whose a thing is stands in an ownership; what a caller may see is asked of its grant.',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^packages/service-kit/(src|dist)/rights/(rights|guard|line-rights)\\.' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: '^(apps|packages|infra)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'], pathNot: '^@gpect/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    // JSX is not read by its parser: what pages import of ours, they import in their .ts files.
    exclude: { path: '\\.tsx$|/\\.client/|/dist/.*\\.d\\.ts$|/generated/|/\\.dev/|^infra/checks/fixtures/' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
    combinedDependencies: true,
    parser: 'swc',
  },
};
