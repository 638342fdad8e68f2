/** Which way imports point: routes > features > ui, and live and server know no screen. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'live-is-free-of-react',
      severity: 'error',
      from: { path: '^src/live/' },
      to: { path: ['^src/(features|routes|ui|i18n)/', 'node_modules/(react|react-dom|react-router|@tanstack)/'] },
    },
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/' },
    },
    { name: 'ui-knows-no-screen', severity: 'error', from: { path: '^src/ui/' }, to: { path: '^src/(features|routes|live|server)/' } },
    { name: 'only-main-knows-routes', severity: 'error', from: { path: '^src/(features|ui|live|server)/' }, to: { path: '^src/routes/' } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: ['\\.d\\.ts$', '\\.test\\.ts$'] }, to: {} },
    { name: 'no-tests-in-the-app', severity: 'error', from: { pathNot: '\\.test\\.ts$' }, to: { path: '\\.test\\.ts$' } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: ['\\?worker&url$', '^@fontsource'] } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' } },
};
