import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import {
  type Import,
  importsOf,
  type ProjectFile,
  projectFiles,
  withoutComments,
} from './support/source-files.js';

const files = projectFiles();
const sources = files.filter(
  ({ path }) =>
    /^src\/.*\.tsx?$/.test(path) && !path.endsWith('.test.ts') && !path.includes('/testing/'),
);

interface Allowed {
  /** Other folders of src. */
  readonly folders: readonly string[];
  /** Packages; `node:` stands for all that Node itself brings. */
  readonly packages: readonly string[];
}

/** What a folder of src may import, besides itself. A folder that is missing here may not exist. */
const ALLOWED: Readonly<Record<string, Allowed>> = {
  orders: { folders: [], packages: [] },
  rules: { folders: ['orders'], packages: [] },
  documents: { folders: ['orders'], packages: ['big.js'] },
  config: { folders: ['orders'], packages: ['yaml', 'zod', 'node:fs', 'node:net', 'node:path'] },
  runtime: {
    folders: ['orders'],
    packages: ['node-cron', 'nodemailer', 'pino', 'prom-client', 'node:'],
  },
  woocommerce: {
    folders: ['orders', 'runtime'],
    packages: ['@woocommerce/woocommerce-rest-api', 'axios', 'big.js', 'p-queue', 'zod', 'node:'],
  },
  store: {
    folders: ['orders', 'documents'],
    packages: ['better-sqlite3', 'kysely', 'p-queue', 'pg', 'node:'],
  },
  // A hash is no I/O: it marks what a person accepts.
  intake: { folders: ['orders', 'rules', 'documents', 'store'], packages: ['node:crypto'] },
  poller: { folders: ['orders', 'woocommerce', 'intake', 'store', 'runtime'], packages: ['node:'] },
  // The batch walks and claims as the poller does, and takes its means for it from there.
  batch: {
    folders: ['orders', 'woocommerce', 'intake', 'store', 'runtime', 'poller'],
    packages: ['node:'],
  },
  // A webhook is a source: it reads as the poller does, and asks it for a look at what changed.
  webhook: {
    folders: ['orders', 'woocommerce', 'intake', 'store', 'runtime', 'poller'],
    packages: ['express', 'express-rate-limit', 'zod', 'node:'],
  },
  export: {
    folders: ['orders', 'documents', 'rendering', 'store', 'runtime'],
    packages: ['nodemailer', 'node:'],
  },
  // Documents as files for people and programs outside.
  rendering: {
    folders: ['orders', 'documents'],
    packages: [
      ...['bidi-js', 'big.js', 'fontkit', 'pdfkit', 'pngjs', 'qrcode', 'xmlbuilder2', 'node:'],
    ],
  },
  // Tells other programs of what happens here; who writes to the store does not know of it.
  outbound: {
    folders: ['orders', 'documents', 'store', 'runtime'],
    packages: ['zod', 'node:'],
  },
  notify: { folders: ['orders', 'store', 'runtime'], packages: ['nodemailer', 'zod', 'node:'] },
  // What a changed config would do: it judges as intake does, and writes nothing.
  plan: {
    folders: ['config', 'documents', 'orders', 'rules', 'runtime', 'store'],
    packages: ['node:'],
  },
  // Who somebody is, and what they may do.
  access: { folders: ['orders', 'store'], packages: ['jose', 'zod', 'node:'] },
  server: {
    folders: ['access', 'runtime'],
    packages: ['express', 'express-rate-limit', 'helmet', 'pino-http', 'node:'],
  },
  // The pages look at everything, through the app that is handed to them; those of the first config
  // stand before `setup`, and show what the doctor finds in it.
  pages: {
    folders: [
      ...['access', 'api', 'app', 'batch', 'check', 'config', 'documents', 'export', 'intake'],
      ...['orders', 'outbound'],
      ...[
        'plan',
        'poller',
        'rules',
        'runtime',
        'server',
        'services',
        'setup',
        'shapes',
        'store',
        'webhook',
        'woocommerce',
      ],
    ],
    packages: ['preact', 'preact-render-to-string', 'zod', 'node:'],
  },
  // What people do and see, on the pages, over the API and in the commands alike.
  services: {
    folders: ['app', 'export', 'orders', 'poller', 'runtime', 'shapes', 'store', 'woocommerce'],
    packages: ['node:'],
  },
  // The books of a config, constructed for the app.
  books: { folders: ['config', 'export', 'orders', 'rendering'], packages: [] },
  web: {
    folders: ['access', 'api', 'app', 'pages', 'server', 'services'],
    packages: ['express', 'node:'],
  },
  // What the commands print and the API answers.
  shapes: {
    folders: ['app', 'batch', 'documents', 'export', 'intake', 'orders', 'outbound', 'store'],
    packages: ['zod'],
  },
  api: {
    folders: [
      'access',
      'app',
      'orders',
      'outbound',
      'runtime',
      'server',
      'services',
      'shapes',
      'store',
      'webhook',
      'woocommerce',
    ],
    packages: ['zod', 'node:'],
  },
  demo: { folders: ['orders'], packages: ['smtp-server', 'node:'] },
  // What a shop tells, as a config; the commands and pages that ask a person stand before it.
  setup: {
    folders: ['config', 'orders', 'documents', 'woocommerce', 'runtime'],
    packages: ['zod', 'node:'],
  },
  // The doctor looks at everything, through the app that is handed to it.
  check: {
    folders: ['app', 'config', 'orders', 'rules', 'documents', 'woocommerce', 'export'],
    packages: [],
  },
  cli: {
    folders: [
      ...['access', 'app', 'daemon', 'config', 'orders', 'documents', 'store', 'woocommerce'],
      ...[
        'plan',
        'poller',
        'batch',
        'intake',
        'export',
        'rendering',
        'check',
        'demo',
        'runtime',
        'setup',
        'webhook',
        'server',
        'services',
        'shapes',
        'outbound',
        'pages', // `init --page` serves some of them
      ],
    ],
    packages: ['@clack/prompts', 'commander', 'cli-progress', 'picocolors', 'node:'],
  },
  // The daemon's parts, wired: what it does by itself, what it receives, who looks after it.
  daemon: {
    folders: ['app', 'orders', 'runtime', 'oversight', 'real-time', 'web', 'webhook'],
    packages: ['express'],
  },
  'real-time': {
    folders: ['app', 'orders', 'notify', 'runtime', 'server', 'webhook'],
    packages: ['express'],
  },
  oversight: {
    folders: ['app', 'export', 'notify', 'runtime', 'server', 'webhook'],
    packages: ['express', 'node:'],
  },
  main: { folders: ['cli', 'runtime'], packages: [] },
};

/** `src/store/sql/bulk.ts` is of `store`; `src/app.ts` is a folder of its own, `app`. */
function folderOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.tsx?$/, '');
}

/** A breach for each import that `isBreach` names. */
function breaches(
  isBreach: (imported: Import, file: ProjectFile) => boolean,
  among: readonly ProjectFile[] = sources,
): string[] {
  return among.flatMap((file) =>
    importsOf(file)
      .filter((imported) => isBreach(imported, file))
      .map(({ to, names }) => `${file.path} imports ${to} (${names.join(', ')})`),
  );
}

const isOf = (...folders: string[]) => {
  return ({ path }: { path: string }) =>
    path.startsWith('src/') && folders.includes(folderOf(path));
};

describe('what imports what', () => {
  it('sees the imports of the code at all', () => {
    const app = sources.find(({ path }) => path === 'src/app.ts');
    expect(app && importsOf(app)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ to: 'src/store/open-store.ts', names: ['openStore'] }),
        expect.objectContaining({ to: 'node:crypto', isPackage: true }),
      ]),
    );
    expect(sources.length).toBeGreaterThan(150);
  });

  it('each folder of src is known, and imports only the folders that it may', () => {
    const isBreach = ({ to, isPackage }: Import, { path }: ProjectFile) => {
      const [from, target] = [folderOf(path), folderOf(to)];
      if (isPackage || from === 'app' || from === target) return false;
      return !to.startsWith('src/') || !ALLOWED[from]?.folders.includes(target);
    };
    expect(breaches(isBreach)).toEqual([]);
    const unknown = sources.map(({ path }) => folderOf(path)).filter((name) => name !== 'app');
    expect(unknown.filter((name) => !(name in ALLOWED))).toEqual([]);
  });

  it('each folder of src imports only the packages that it may', () => {
    const isBreach = ({ to, isPackage }: Import, { path }: ProjectFile) => {
      const allowed = folderOf(path) === 'app' ? ['node:'] : ALLOWED[folderOf(path)]?.packages;
      const isNode = to.startsWith('node:') || builtinModules.includes(to);
      return isPackage && !(allowed?.includes(to) || (isNode && allowed?.includes('node:')));
    };
    expect(breaches(isBreach)).toEqual([]);
  });

  it('no source of orders imports export, and export imports nothing of theirs', () => {
    const isSource = isOf('poller', 'batch', 'webhook', 'woocommerce', 'intake', 'rules');
    const isExport = isOf('export');
    const isBreach = ({ to }: Import, file: ProjectFile) =>
      (isSource(file) && isExport({ path: to })) || (isExport(file) && isSource({ path: to }));
    expect(breaches(isBreach)).toEqual([]);
  });

  it('rules and documents reach nothing that reads, writes or waits', () => {
    const isPure = isOf('orders', 'rules', 'documents');
    const isBreach = ({ to, isPackage }: Import, file: ProjectFile) =>
      isPure(file) && (isPackage ? to !== 'big.js' : !isPure({ path: to }));
    expect(breaches(isBreach)).toEqual([]);
    const ambient = /\b(fetch|process|setTimeout|setInterval|globalThis)\b\s*[.([]/;
    const pure = sources.filter(isPure).filter(({ text }) => ambient.test(withoutComments(text)));
    expect(pure.map(({ path }) => path)).toEqual([]);
  });

  it('runtime knows of orders only what time is', () => {
    const isBreach = ({ to }: Import, file: ProjectFile) =>
      isOf('runtime')(file) && to.startsWith('src/orders/') && to !== 'src/orders/time.ts';
    expect(breaches(isBreach)).toEqual([]);
  });

  it('only the port of the store is seen from outside, never its SQL', () => {
    const port = ['store', 'store-error', 'open-store'].map((name) => `src/store/${name}.ts`);
    const isBreach = ({ to }: Import, file: ProjectFile) =>
      to.startsWith('src/store/') && folderOf(file.path) !== 'store' && !port.includes(to);
    expect(breaches(isBreach)).toEqual([]);
  });

  it('no code of the product imports from the tests, nor they from what is built', () => {
    const code = files.filter(({ path }) => /^(src|tests|bench)\/.*\.ts$/.test(path));
    const isBreach = ({ to }: Import, { path }: ProjectFile) =>
      to.startsWith('dist/') ||
      (sources.some((source) => source.path === path) && /^tests\//.test(to));
    expect(breaches(isBreach, code)).toEqual([]);
  });
});

describe('who may construct and who may reach out', () => {
  /** The name of what constructs a part -> the files that may import it, besides the app. */
  const MAKERS: Readonly<Record<string, readonly string[]>> = {
    openStore: [],
    migrateDatabase: ['src/cli/commands/migrate.ts'], // must open what the app refuses to
    createShopClient: [],
    createIntake: [],
    createExportWorker: [],
    createOutbound: [],
    createJournal: ['src/books.ts'], // the app's books
    createFiles: ['src/books.ts'],
    createEmail: ['src/books.ts'],
    startDaemon: [],
    createApp: ['src/cli/context.ts', 'src/cli/demo/run-demo.ts'], // a command's app; the demo's
  };

  it('only the app constructs the parts', () => {
    const isBreach = ({ names }: Import, { path }: ProjectFile) =>
      path !== 'src/app.ts' &&
      names.some((name) => Object.hasOwn(MAKERS, name) && !MAKERS[name]?.includes(path));
    expect(breaches(isBreach)).toEqual([]);
  });

  /** What is forbidden -> the files where it is right, each with the reason. */
  const REACHES: ReadonlyArray<{ what: string; pattern: RegExp; except: readonly string[] }> = [
    { what: 'writes with console', pattern: /\bconsole\s*\./, except: [] },
    {
      what: 'reads the machine’s clock',
      pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b/,
      except: [
        'src/runtime/clock.ts', // the clock itself
        'src/runtime/measured.ts', // how long a call took, on a clock that nobody sets
        'src/runtime/metrics.ts', // how long a sample took
        'src/export/folder/leftovers.ts', // compares with file times, which are the machine's
        'src/demo/shop-process.ts', // a signature's age is real time, whatever the shop's clock says
      ],
    },
    {
      what: 'takes chance',
      pattern: /\bMath\.random\b/,
      except: [
        'src/app.ts', // where chance comes from unless it is handed in
        'src/store/open-store.ts', // `migrate` opens a store without the app
      ],
    },
    {
      what: 'reads the environment or the arguments',
      pattern: /\bprocess\.(env|argv)\b/,
      except: [
        'src/main.ts', // an entry point
        'src/store/sqlite/install-driver.ts', // an entry point, of `npm install`
        'src/cli/terminal.ts', // NO_COLOR
        'src/web.ts', // what a pasted config may refer to
      ],
    },
    {
      what: 'ends the process',
      pattern: /\bprocess\.exit\b/,
      except: [
        'src/main.ts', // a reader that closed the pipe
        'src/runtime/shutdown.ts', // the deadline, and a second signal
      ],
    },
  ];

  for (const { what, pattern, except } of REACHES) {
    it(`nothing ${what} but where that is right`, () => {
      const found = sources.filter(({ text }) => pattern.test(withoutComments(text)));
      expect(found.map(({ path }) => path).toSorted()).toEqual(except.toSorted());
    });
  }
});

describe('the files', () => {
  it('none has grown too long to be read', () => {
    const limitOf = (path: string) => (path.endsWith('.test.ts') ? 500 : 400);
    const long = files
      .filter(({ path }) => /^(src|tests|bench)\/.*\.tsx?$/.test(path))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ path, lines }) => lines > limitOf(path));
    expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([]);
  });

  it('none holds a path of the machine on which it was written', () => {
    const path = /(?<![\w.:/])(?:\/(?:home|Users|root|work|workspace)\/\w|[A-Z]:\\Users\\)/;
    const found = files.filter(({ text }) => path.test(text)).map((file) => file.path);
    expect(found).toEqual([]);
  });

  it('none turns the type checker or the linter off', () => {
    const marks = new RegExp(
      `(?:@ts|biome)-(?:${['ignore', 'nocheck', 'expect-error'].join('|')})`,
    );
    const code = files.filter(({ path }) => /^(src|tests|bench)\/.*\.tsx?$/.test(path));
    expect(code.filter(({ text }) => marks.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('package-lock.json', () => {
  interface Locked {
    readonly resolved?: string;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
  }
  const text = files.find(({ path }) => path === 'package-lock.json')?.text ?? '';
  const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(text);

  it('names no download address, so that any registry can serve it', () => {
    const named = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined);
    expect(named.map(([path]) => path)).toEqual([]);
  });

  // A registry that lacks a platform's package leaves it out, and then `npm ci` refuses the file.
  it('holds the packages of every platform', () => {
    const isLocked = (path: string, name: string) =>
      `${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages;
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
    );
    expect(missing).toEqual([]);
  });
});
