/** Who may import whom. Each rule's comment names the remedy. ARCHITECTURE.md shows the picture. */
const TEST = '\\.test\\.tsx?$';
const CONTRACTS = '^(app|engine)/contract/';
/** Pure functions of text that every process may use: masking happens where the text is. */
const SECRETS = '^engine/secrets/mask-secrets\\.ts$';
/** The harness of fuzz tests, which stand beside what they try. */
const FUZZ = '^engine/fuzz/fuzz\\.ts$';

/** Modules of `packages` are used only below `owner`: one owner for each native or large module. */
const oneOwner = (name, packages, owner) => ({
  name: `one-owner-${name}`,
  severity: 'error',
  comment: `Only ${owner} uses ${packages}; go through its functions.`,
  from: { pathNot: owner },
  to: { path: `node_modules/(${packages})` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Move what both need into a third module.',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports it: use it or delete it.',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '\\.test\\.tsx?$',
          '(^|/)(.*-main|main|preload)\\.tsx?$',
          '^e2e/.*\\.spec\\.ts$',
          '^app/setup/',
        ],
      },
      to: {},
    },
    {
      name: 'unresolvable',
      severity: 'error',
      comment: 'The module does not exist; install it or fix the path.',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^electron$', '\\?raw$'] },
    },
    {
      name: 'contract-is-leaf',
      severity: 'error',
      comment: 'A contract holds types, schemas and the protocol; move other code out of it.',
      from: { path: '^engine/contract/', pathNot: TEST },
      to: { path: '^(app|renderer|engine)/', pathNot: '^engine/contract/' },
    },
    {
      name: 'app-contract-is-leaf',
      severity: 'error',
      comment: 'app/contract may use engine/contract and nothing else of ours.',
      from: { path: '^app/contract/', pathNot: TEST },
      to: { path: '^(app|renderer|engine)/', pathNot: CONTRACTS },
    },
    {
      name: 'renderer-by-contract',
      severity: 'error',
      comment: 'The window knows the contracts only; ask main through renderer/bridge.ts.',
      from: { path: '^renderer/' },
      to: { path: '^(app|engine)/', pathNot: [CONTRACTS, SECRETS, FUZZ] },
    },
    {
      name: 'fuzz-in-tests',
      severity: 'error',
      comment: 'The fuzz harness is no part of the product.',
      from: { pathNot: TEST },
      to: { path: FUZZ },
    },
    {
      name: 'secrets-pure',
      severity: 'error',
      comment: 'Masking is a function of a text; it needs nothing else of ours.',
      from: { path: '^engine/secrets/', pathNot: TEST },
      to: { path: '^(app|renderer|engine)/', pathNot: '^engine/secrets/' },
    },
    {
      name: 'renderer-no-node',
      severity: 'error',
      comment: 'The window is sandboxed: no Node, no Electron. Put the work into main or a host.',
      from: { path: '^renderer/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'app-by-contract',
      severity: 'error',
      comment: 'app starts hosts by path and talks by contract; it never links engine code.',
      from: { path: '^app/', pathNot: '^app/setup/' },
      to: { path: '^(renderer|engine)/', pathNot: [CONTRACTS, SECRETS, FUZZ] },
    },
    {
      name: 'engine-alone',
      severity: 'error',
      comment: 'The engine runs without a window; pass in what it needs.',
      from: { path: '^engine/' },
      to: { path: ['^(app|renderer|e2e)/', '^electron$', 'node_modules/electron'] },
    },
    {
      name: 'preload-and-pty-inside',
      severity: 'error',
      comment: 'preload and pty know the contracts only.',
      from: { path: '^app/(preload|pty)/([^/]+)' },
      to: { path: '^app/', pathNot: ['^app/contract/', '^app/$1/'] },
    },
    {
      name: 'stores-below-main',
      severity: 'error',
      comment: 'Stores are used by main, never the reverse.',
      from: { path: '^app/stores/' },
      to: { path: '^app/(main|preload|pty)/' },
    },
    {
      name: 'engine-order',
      severity: 'error',
      comment:
        'assistant uses runtime, tokenizer and knowledge; those never use it or each other (runtime may use the tokenizer).',
      from: { path: '^engine/(runtime|tokenizer|knowledge|logs)/', pathNot: '^engine/logs/evidence/' },
      to: {
        path: '^engine/(runtime|tokenizer|knowledge|logs|commands|assistant|cli)/',
        pathNot: ['^engine/$1/', '^engine/tokenizer/'],
      },
    },
    {
      name: 'evidence-knows-failures',
      severity: 'error',
      comment: 'Evidence looks for known failures and for nothing else outside logs.',
      from: { path: '^engine/logs/evidence/' },
      to: {
        path: '^engine/(runtime|tokenizer|knowledge|commands|assistant|cli)/',
        pathNot: '^engine/knowledge/signatures/',
      },
    },
    {
      name: 'commands-order',
      severity: 'error',
      comment: 'Checks of commands know programs and nothing of models, logs or the assistant.',
      from: { path: '^engine/commands/' },
      to: { path: '^engine/(runtime|tokenizer|logs|assistant|cli)/' },
    },
    {
      name: 'eval-outside',
      severity: 'error',
      comment: 'Nothing depends on the evaluation.',
      from: { pathNot: '^engine/eval/' },
      to: { path: '^engine/eval/' },
    },
    {
      name: 'assistant-order',
      severity: 'error',
      comment: 'Evidence comes to the assistant by contract; it never reads logs itself.',
      from: { path: '^engine/assistant/', pathNot: TEST },
      to: { path: '^engine/(logs|cli)/' },
    },
    {
      name: 'logs-stages',
      severity: 'error',
      comment:
        'Only describe-skeleton and the pipeline join the stages of log digestion; masks and templates are pure.',
      from: {
        path: '^engine/logs/(masks|templates)/',
        pathNot: [TEST, 'describe-skeleton\\.ts$', '^engine/logs/templates/testing/'],
      },
      to: { path: '^engine/logs/', pathNot: '^engine/logs/$1/' },
    },
    {
      name: 'hosts-one-job',
      severity: 'error',
      comment: 'The engine process never reads logs, the log process never runs the model.',
      from: { path: '^engine/engine-main\\.ts$' },
      to: { path: '^engine/(logs|cli)/' },
    },
    {
      name: 'logs-main-one-job',
      severity: 'error',
      comment: 'The log process never runs the model.',
      from: { path: '^engine/logs-main\\.ts$' },
      to: { path: '^engine/(runtime|assistant|knowledge|tokenizer|cli)/' },
    },
    {
      name: 'bench-outside',
      severity: 'error',
      comment: 'Nothing depends on the bench.',
      from: { pathNot: '^engine/bench/' },
      to: { path: '^engine/bench/' },
    },
    {
      name: 'bench-below-assistant',
      severity: 'error',
      comment: 'The bench times the engine alone; the one of logs has a folder of its own.',
      from: { path: '^engine/bench/', pathNot: '^engine/bench/logs/' },
      to: { path: '^engine/(assistant|logs|knowledge|cli)/' },
    },
    {
      name: 'outside-in',
      severity: 'error',
      comment: 'Nothing depends on tests, set-up or the command line.',
      from: { pathNot: ['^e2e/', '^app/setup/', TEST, '^[^/]+\\.config\\.ts$'] },
      to: { path: ['^e2e/', '^app/setup/', TEST], pathNot: '^app/setup/.*\\.mjs$' },
    },
    {
      name: 'e2e-by-contract',
      severity: 'error',
      comment: 'End-to-end tests see the app as a person does; types of contracts are all they share.',
      from: { path: '^e2e/' },
      to: { path: '^(app|renderer|engine)/', pathNot: [CONTRACTS, '^app/setup/'] },
    },
    oneOwner('pty', '@lydell/node-pty', '^app/pty/'),
    oneOwner('onnxruntime', 'onnxruntime-node', '^engine/runtime/(session|encoder/encoder-session)\\.ts$'),
    oneOwner('duckdb', '@duckdb', '^engine/logs/store/'),
    oneOwner('libsql', 'libsql', '^(app/stores|engine/knowledge/index)/'),
    oneOwner('shell-parser', '(web-tree-sitter|tree-sitter-bash)', '^engine/commands/parse/'),
    oneOwner('acorn', 'acorn/', '^engine/knowledge/fig/'),
    // The terminal's tests let xterm's headless build answer what programs ask, as the window does.
    oneOwner('xterm', '@xterm', '^(renderer/terminal/|app/pty/.*\\.test\\.ts$)'),
    oneOwner('tokenizers', '@huggingface/tokenizers', '^engine/tokenizer/'),
    {
      name: 'one-owner-electron',
      severity: 'error',
      comment: 'Only app/main and app/preload use Electron.',
      from: { pathNot: '^app/(main|preload)/' },
      to: { path: ['^electron$', 'node_modules/electron/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^out/', '^engine/training/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
