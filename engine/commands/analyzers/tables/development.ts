import type { Rule } from '../rule';

const RO = 'read-only';
const destroys = (why: string): Rule => ({ level: 'destructive', why });
const unseen = (why: string): Rule => ({ level: 'destructive', why, unseen: true });
const RUNS_PROJECT = 'runs code of the project, which was not seen';

const GIT: Rule = {
  level: 'changes',
  why: 'runs a subcommand of which nothing is known',
  valued: '-C -c --git-dir --work-tree --namespace --exec-path',
  when: [
    { text: /^(?:-v|--version|--help|help|version|--exec-path|--html-path)?(?:\s|$)/, most: 1, level: RO },
  ],
  sub: {
    'status log diff show blame annotate shortlog whatchanged describe rev-parse rev-list ls-files ls-tree ls-remote cat-file grep name-rev merge-base for-each-ref show-ref show-branch count-objects fsck verify-commit verify-tag version help var check-ignore check-attr diff-tree diff-index diff-files range-diff cherry get-tar-commit-id patch-id column gitk difftool request-pull archive bugreport diagnose merge-tree check-ref-format whatchanged':
      {
        level: RO,
        when: [{ text: /--output(?:=|\s)/, level: 'destructive', why: 'overwrites a file' }],
      },
    push: {
      level: 'changes',
      why: 'sends commits to another repository',
      dry: '-n --dry-run',
      valued: '-o --push-option --repo',
      when: [
        {
          has: '-f --force --force-with-lease --force-if-includes --mirror --prune -d --delete',
          level: 'destructive',
          why: 'overwrites or removes branches of another repository',
        },
        {
          word: /^\+\S|^:\S/,
          level: 'destructive',
          why: 'overwrites or removes a branch of another repository',
        },
      ],
    },
    reset: {
      level: 'changes',
      why: 'moves the branch or unstages files',
      when: [
        {
          has: '--hard --merge --keep',
          level: 'destructive',
          why: 'discards changes that are not committed',
        },
      ],
    },
    clean: { level: 'destructive', why: 'removes files that are not tracked', dry: '-n --dry-run' },
    checkout: {
      level: 'changes',
      why: 'switches the branch',
      when: [
        { has: '-f --force', level: 'destructive', why: 'discards changes that are not committed' },
        {
          text: /(?:^|\s)--(?:\s|$)|(?:^|\s)(?:\.|:\/|\*)(?:\s|$|\/)|(?:^|\s)--(?:ours|theirs)(?:\s|$)/,
          level: 'destructive',
          why: 'discards changes of files',
        },
        {
          least: 2,
          lacks: '-b -B -t --track --orphan',
          level: 'destructive',
          why: 'discards changes of files',
        },
        { has: '-B', level: 'destructive', why: 'moves an existing branch' },
        { text: /(?:^|\s)HEAD\s+\S/, level: 'destructive', why: 'discards changes of files' },
        {
          text: /^[\w./-]+\.(?:c|h|cc|cpp|py|js|ts|tsx|go|rs|java|md|txt|ya?ml|json|sh|html|css|toml|conf|cfg|xml|rb|sql|lock)$/,
          level: 'destructive',
          why: 'discards changes of a file',
        },
      ],
    },
    switch: {
      level: 'changes',
      why: 'switches the branch',
      when: [
        {
          has: '-f --force --discard-changes -C',
          level: 'destructive',
          why: 'discards changes that are not committed',
        },
      ],
    },
    restore: {
      level: 'destructive',
      why: 'discards changes of files',
      when: [{ has: '-S --staged', lacks: '-W --worktree', level: 'changes', why: 'unstages files' }],
    },
    rm: {
      level: 'destructive',
      why: 'removes files',
      dry: '-n --dry-run',
      when: [{ has: '--cached', level: 'changes', why: 'stops tracking files' }],
    },
    branch: {
      level: 'changes',
      why: 'changes branches',
      valued:
        '--sort --format --contains --no-contains --merged --no-merged --points-at -u --set-upstream-to',
      when: [
        { has: '-d -D --delete', level: 'destructive', why: 'removes a branch' },
        { has: '-f --force -M -C', level: 'destructive', why: 'moves or overwrites a branch' },
        {
          has: '-m --move -c --copy -u --set-upstream-to --unset-upstream --edit-description',
          level: 'changes',
        },
        {
          has: '-a --all -r --remotes -l --list -v -vv --show-current --contains --merged --no-merged --no-contains --points-at',
          level: RO,
        },
        { most: 0, level: RO },
      ],
    },
    tag: {
      level: 'changes',
      why: 'makes a tag',
      valued: '-m --message -F -u --sort --format --contains --points-at',
      when: [
        { has: '-d --delete', level: 'destructive', why: 'removes a tag' },
        { has: '-f --force', level: 'destructive', why: 'moves a tag' },
        { has: '-l --list -n --contains --merged --points-at -v --verify --sort', level: RO },
        { most: 0, level: RO },
      ],
    },
    stash: {
      level: 'changes',
      why: 'puts changes aside or back',
      sub: {
        'list show': RO,
        'drop clear': destroys('removes changes that were put aside'),
        'push pop apply save branch store create': 'changes',
      },
    },
    reflog: {
      level: RO,
      sub: { 'expire delete drop': destroys('removes the way back to old commits') },
      when: [],
    },
    gc: {
      level: 'changes',
      why: 'tidies the repository',
      when: [
        {
          text: /--prune=(?:now|all)|--aggressive\s.*--prune/,
          level: 'destructive',
          why: 'removes commits that nothing points to',
        },
      ],
    },
    prune: { level: 'destructive', why: 'removes commits that nothing points to', dry: '-n --dry-run' },
    'prune-packed': destroys('removes objects'),
    'filter-branch filter-repo replace': destroys('rewrites or replaces history'),
    'update-ref symbolic-ref': {
      level: 'destructive',
      why: 'moves or removes a reference',
      when: [{ most: 1, lacks: '-d --delete --stdin', level: RO }],
    },
    remote: {
      level: RO,
      sub: {
        'add set-url set-head set-branches rename update': {
          level: 'changes',
          why: 'changes remote repositories',
        },
        'remove rm prune': {
          level: 'destructive',
          why: 'removes a remote repository or its branches',
          dry: '-n --dry-run',
        },
        'show get-url': RO,
      },
    },
    config: {
      level: 'changes',
      why: 'changes settings of git',
      when: [
        { has: '-l --list --get --get-all --get-regexp --get-urlmatch --name-only --get-color', level: RO },
        { has: '--unset --unset-all --remove-section', level: 'destructive', why: 'removes settings of git' },
        { text: /^(?:--\S+\s+)*(?:list|get)(?:\s|$)/, level: RO },
        {
          text: /^(?:--\S+\s+)*(?:unset|remove-section)(?:\s|$)/,
          level: 'destructive',
          why: 'removes settings of git',
        },
        { most: 1, level: RO },
      ],
    },
    worktree: {
      level: 'changes',
      sub: {
        list: RO,
        remove: destroys('removes a working tree'),
        prune: { level: 'changes', dry: '-n --dry-run' },
      },
    },
    submodule: {
      level: 'changes',
      sub: {
        'status summary': RO,
        deinit: destroys('removes a submodule'),
        foreach: RO,
        update: {
          level: 'changes',
          when: [{ has: '-f --force', level: 'destructive', why: 'discards changes in submodules' }],
        },
      },
    },
    bisect: { level: 'changes', sub: { 'log view visualize': RO, run: RO } },
    notes: { level: 'changes', sub: { 'list show': RO, 'remove prune': destroys('removes notes') } },
    lfs: {
      level: 'changes',
      sub: {
        'ls-files status env logs version': RO,
        prune: { level: 'destructive', why: 'removes files', dry: '-n --dry-run' },
      },
    },
    rebase: {
      level: 'changes',
      why: 'rewrites commits of the branch',
      when: [{ has: '--abort --quit --skip', level: 'changes' }],
    },
    'read-tree checkout-index': {
      level: 'changes',
      why: 'changes the working tree',
      when: [{ has: '--reset -f -u', level: 'destructive', why: 'overwrites the working tree' }],
    },
    merge: { level: 'changes', why: 'merges' },
    fetch: {
      level: 'changes',
      why: 'gets commits',
      dry: '--dry-run',
      when: [
        {
          has: '-p --prune -P --prune-tags -f --force',
          level: 'changes',
          why: 'gets commits and removes what is gone there',
        },
      ],
    },
    pull: {
      level: 'changes',
      why: 'gets and merges commits',
      when: [{ has: '-f --force', level: 'destructive', why: 'overwrites local branches' }],
    },
    'add mv commit cherry-pick revert am apply init clone sparse-checkout maintenance repack pack-refs update-index hash-object write-tree commit-tree bundle format-patch send-email svn p4 subtree rerere mergetool citool gui instaweb daemon credential imap-send unpack-objects index-pack mktag backfill':
      { level: 'changes', why: 'changes the repository or writes files', dry: '-n --dry-run' },
  },
};

const NPM: Rule = {
  level: 'changes',
  why: 'changes the packages of a project',
  dry: '--dry-run',
  when: [{ text: /^(?:-v|--version|-h|--help)?$/, level: RO }],
  sub: {
    'ls list la ll view info show v outdated audit search root prefix bin config-list ping whoami doctor help explain why fund docs repo bugs home query sbom diff completion licenses':
      {
        level: RO,
        when: [
          {
            text: /(?:^|\s)(?:fix|--fix)(?:\s|$)/,
            level: 'changes',
            why: 'changes the packages of a project',
          },
        ],
      },
    'uninstall remove rm r un unlink prune': destroys('removes packages'),
    'run run-script test t tst start stop restart exec x dlx rum urn create': {
      level: 'destructive',
      why: RUNS_PROJECT,
      unseen: true,
      when: [{ text: /^$/, level: 'destructive', unseen: true }],
    },
    cache: {
      level: 'changes',
      sub: { 'ls list verify dir': RO, 'clean clear': destroys('removes the cache') },
    },
    config: { level: 'changes', sub: { 'get list ls': RO, 'delete rm': destroys('removes a setting') } },
    'unpublish deprecate': destroys('takes a package away from the registry'),
    'install i add ci update up upgrade link dedupe rebuild init version pack publish login logout set-script pkg set patch import install-test':
      {
        level: 'changes',
        why: 'changes the packages of a project',
        when: [{ has: '-f --force', level: 'destructive', why: 'changes packages by force' }],
      },
  },
};

/** Version control, builds and interpreters' tools. */
export const DEVELOPMENT: Readonly<Record<string, Rule>> = {
  git: GIT,
  'hg svn bzr fossil cvs': {
    level: 'changes',
    when: [
      {
        text: /^(?:status|st|stat|log|diff|di|info|list|ls|cat|blame|annotate|praise|ann|heads|tip|summary|identify|id|branches|tags|paths|parents|incoming|outgoing|version|--version|help|propget|proplist|timeline|verify|manifest)(?:\s|$)/,
        level: RO,
      },
      {
        text: /^(?:revert|strip|purge|rollback|delete|del|remove|rm|cleanup|update\s.*(?:-C|--clean)|histedit|debugstrip|uncommit)(?:\s|$)|(?:-C|--clean|--force)(?:\s|$)/,
        level: 'destructive',
        why: 'discards changes or removes files',
      },
    ],
  },
  'npm pnpm cnpm': NPM,
  yarn: {
    ...NPM,
    when: [
      ...(NPM.when ?? []),
      {
        text: /^(?:node|workspace|workspaces|dlx)(?:\s|$)/,
        level: 'destructive',
        why: RUNS_PROJECT,
        unseen: true,
      },
    ],
  },
  'npx bunx pnpx uvx pipx-run': {
    level: 'destructive',
    why: 'runs a package that was not seen',
    unseen: true,
    when: [{ text: /^--?(?:version|help)$/, level: RO }],
  },
  'make gmake bmake ninja rake scons waf bazel bazelisk buck buck2 just task mage gradle gradlew mvn mvnw ant sbt lein mix rebar3 tox nox pytest py.test nosetests jest vitest mocha playwright cypress phpunit rspec bundle invoke fab doit nmake xcodebuild meson ctest tsx ts-node torchrun accelerate deepspeed horovodrun streamlit uvicorn gunicorn flask celery jupyter pre-commit act dagger earthly skaffold tilt bats shunit2 robot locust k6 snakemake nextflow luigi airflow dbt':
    {
      level: 'destructive',
      why: RUNS_PROJECT,
      unseen: true,
      when: [
        {
          text: /^(?:-C \S+\s+)?(?:-v|--version|-V|-h|--help|version|help|info|dependency:tree|dependencies|tasks|projects|--tasks|-T|--list|-l|list|--summary|query .*|-q projects|outdated|show|-t targets|introspect .*|--collect-only|config|env|--dry-run.*|-n|--just-print|-np|-nB|-n \S+|\S+ -n|\S+ --dry-run|--recon|-q \S*|ls|debug|dags list|tasks list \S+)$/,
          level: RO,
        },
      ],
    },
  'cmake autoconf automake configure autoreconf': {
    level: 'destructive',
    why: RUNS_PROJECT,
    unseen: true,
    when: [{ text: /^--?(?:version|help\S*|system-information)(?:\s|$)/, level: RO }],
  },
  go: {
    level: 'changes',
    sub: {
      'version env list doc help vet': {
        level: RO,
        when: [{ has: '-w -u', level: 'changes', why: 'changes settings of Go' }],
      },
      'run test generate tool': unseen(RUNS_PROJECT),
      clean: destroys('removes built files'),
      'build install get mod fmt work fix': {
        level: 'changes',
        why: 'builds or changes the project',
        when: [{ text: /^(?:graph|why|verify)/, level: RO }],
      },
    },
  },
  cargo: {
    level: 'changes',
    dry: '--dry-run',
    sub: {
      'version tree metadata search help locate-project pkgid verify-project info': RO,
      'run test bench build check clippy b t r c doc rustc miri nextest': unseen(
        'runs build scripts or code of the project, which were not seen',
      ),
      'clean uninstall yank remove rm': destroys('removes built files or packages'),
    },
  },
  rustup: {
    level: 'changes',
    sub: {
      'show toolchain-list which doc check help': RO,
      'toolchain target component self override': {
        level: 'changes',
        sub: { list: RO, 'uninstall remove unset': destroys('removes a toolchain') },
      },
    },
  },
  'gcc g++ cc c++ clang clang++ nvcc hipcc gfortran rustc javac tsc ld as cython ghc-c kotlinc swiftc zig dmd nim':
    {
      level: 'changes',
      why: 'writes compiled files',
      when: [
        {
          text: /^(?:-v|--version|-V|-dumpversion|-dumpmachine|--help|-###|-print-\S+|--target-help|-E\s.*|-fsyntax-only\s.*|--noEmit.*|version)$/,
          level: RO,
        },
      ],
    },
  'eslint prettier biome black ruff isort flake8 pylint mypy shellcheck shfmt yamllint jsonlint golangci-lint rubocop clang-format clang-tidy gofmt rustfmt terraform-docs tflint checkov bandit semgrep sqlfluff markdownlint pyright cppcheck':
    {
      level: RO,
      when: [
        {
          has: '--fix --write -w -i --in-place --fix-errors --unsafe-fixes -a -A',
          level: 'changes',
          why: 'edits files in place',
        },
        { text: /^(?:format|check --(?:write|apply))/, level: 'changes', why: 'edits files in place' },
        { text: /^\s*[^-]/, level: RO },
      ],
    },

  'gdb lldb pstack gstack gcore jstack jmap jcmd jstat jps jinfo jhsdb py-spy rbspy pyspy async-profiler perf bpftool memray scalene cargo-flamegraph uftrace':
    {
      level: RO,
      when: [
        {
          text: /^(?:record|probe|trace|inject|script -g|sched record|mem record)(?:\s|$)/,
          level: 'changes',
          why: 'writes a recording',
        },
        {
          text: /(?:^|\s)-dump:|(?:^|\s)(?:GC\.heap_dump|heap_dump|JFR\.\S+|-o|--output)(?:\s|=|$)/,
          level: 'changes',
          why: 'writes a dump to a file',
        },
        {
          text: /(?:^|\s)(?:GC\.run|VM\.set_flag|GC\.heap_dump)(?:\s|$)|(?:^|\s)-(?:histo:live)/,
          level: 'changes',
        },
        {
          text: /(?:^|\s)(?:detach|unpin|delete|destroy)(?:\s|$)/,
          level: 'destructive',
          why: 'detaches programs from the kernel',
        },
      ],
    },
  bpftrace: {
    level: 'destructive',
    why: 'runs a script that was not seen',
    unseen: true,
    when: [
      {
        text: /system\s*\(|--unsafe|override\s*\(|signal\s*\(/,
        level: 'destructive',
        why: 'acts on processes',
        root: true,
      },
      { has: '-e -l --info -V --version', level: RO, root: true },
    ],
  },
  gcore: { level: 'changes', why: 'writes the memory of a process to a file' },
  'strip objcopy patchelf chrpath': { level: 'changes', why: 'edits a program file' },
  'screen tmux zellij byobu': {
    level: 'changes',
    why: 'opens or changes a session',
    when: [
      {
        text: /(?:^|\s)(?:kill-server|kill-session|kill-pane|kill-window|killp|killw|kill-all-sessions|delete-session|delete-all-sessions|quit|kill)(?:\s|$)/,
        level: 'destructive',
        why: 'ends a session and what runs in it',
      },
      {
        text: /^(?:ls|list-\S+|lsp|lsw|lsk|info|show\S*|display\S*|has-session\s.*|capture-pane\s.*-p.*|-ls|-list|-v|-V|list-sessions.*|-l)(?:\s|$)/,
        level: RO,
      },
    ],
  },
  // Its reports are files; what it runs is rated besides.
  ncu: {
    level: 'changes',
    why: 'writes a report',
    when: [
      { text: /^--(?:query-metrics|list-(?:sets|sections|chips|rules|metrics))(?:\s|$)/, level: RO },
      { text: /^--version$|^-[vh]$/, level: RO },
    ],
  },
  'xterm gnome-terminal konsole script toolbox adb start-stop-daemon nsys rocprofv3 direnv': {
    level: 'changes',
    why: 'starts something',
    when: [
      { text: /^(?:status|devices|version|logcat|get-state|list|show_dump)(?:\s|$)/, level: RO },
      {
        text: /(?:^|\s)(?:uninstall|reboot|wipe|--stop|-K|rm)(?:\s|$)/,
        level: 'destructive',
        why: 'ends or removes something',
      },
    ],
  },
  emacsclient: {
    level: 'changes',
    when: [{ has: '-e --eval', level: 'destructive', why: 'runs code that is not read here', unseen: true }],
  },
  'nmap masscan': {
    level: RO,
    when: [
      {
        text: /--script(?:=|\s)(?!default|safe|vuln|ssl|http|smb|banner)/,
        level: 'destructive',
        why: 'runs a script that was not seen',
        unseen: true,
      },
      { has: '-oN -oX -oG -oA', level: 'changes', why: 'writes its report' },
      { text: /(?:^|\s)-o[NXGA]/, level: 'changes', why: 'writes its report to a file' },
    ],
  },
  'jq yq xq gojq jaq dasel xmlstarlet xmllint mlr csvsql csvgrep csvstat csvlook htmlq pup fx tomlq hcl2json jsonnet':
    {
      level: RO,
      when: [{ has: '-i --in-place --inplace --output -L', level: 'changes', why: 'edits a file in place' }],
    },
};
