// VS Code behind HTTP: its own settings, extensions and home folder, all thrown away afterwards.

import { spawn, execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { codeServer, node24 } from './places.mjs';
import { until } from './until.mjs';

/** What keeps the editor quiet: nothing opens, asks, looks for updates or takes keys by itself. */
const quiet = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'git.enabled': false,
  'files.simpleDialog.enable': true,
  'window.dialogStyle': 'custom',
  'editor.lightbulb.enabled': 'on',
  'editor.minimap.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
};

export class Server {
  /** Installs a package, as a user does, and starts the editor. */
  static async start({ scratch, vsix, trusted, settings = {} }) {
    const server = new Server(scratch, await freePort());
    await server.writeSettings({ ...quiet, 'security.workspace.trust.enabled': !trusted, ...settings });
    await writeFile(join(scratch, 'config.yaml'), 'auth: none\n');
    await mkdir(server.home, { recursive: true });
    await promisify(execFile)(node24, [codeServer, ...server.folders(), '--install-extension', vsix, '--force'], { env: server.environment() });

    const args = [codeServer, ...server.folders(), '--auth', 'none', '--bind-addr', `127.0.0.1:${server.port}`,
      '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--disable-proxy',
      ...(trusted ? ['--disable-workspace-trust'] : [])];
    const log = createWriteStream(join(scratch, 'server.log'));
    // A group of its own, so that the end of the test ends all of it.
    server.process = spawn(node24, args, { env: server.environment(), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    server.process.stdout.pipe(log, { end: false });
    server.process.stderr.pipe(log, { end: false });
    await until('the editor\'s server answers', async () => {
      if (server.process.exitCode !== null) throw new Error(`The editor's server ended; see ${scratch}/server.log.`);
      return fetch(`http://127.0.0.1:${server.port}/healthz`).then(response => response.ok, () => false);
    });
    return server;
  }

  constructor(scratch, port) {
    this.scratch = scratch;
    this.port = port;
    this.home = join(scratch, 'home');
  }

  get pid() {
    return this.process.pid;
  }

  url(folder) {
    return `http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(folder)}`;
  }

  /** The user's settings; the running editor takes a change up by itself. */
  async writeSettings(settings) {
    this.settings = { ...this.settings, ...settings };
    // The window is a remote one: settings of machine scope are read from the second file.
    for (const folder of ['User', 'Machine']) {
      const file = join(this.scratch, 'user', folder, 'settings.json');
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify(this.settings, null, 2));
    }
  }

  stop() {
    try {
      process.kill(-this.process.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }

  folders() {
    return ['--user-data-dir', join(this.scratch, 'user'), '--extensions-dir', join(this.scratch, 'extensions'), '--config', join(this.scratch, 'config.yaml')];
  }

  environment() {
    const { VSCODE_IPC_HOOK_CLI: _, ...inherited } = process.env;
    return {
      ...inherited,
      PATH: `${dirname(node24)}:${process.env.PATH}`,
      HOME: this.home,
      XDG_CONFIG_HOME: join(this.home, '.config'),
      XDG_DATA_HOME: join(this.home, '.local', 'share'),
      XDG_CACHE_HOME: join(this.home, '.cache'),
      // No gallery of extensions: nothing is looked up outside.
      EXTENSIONS_GALLERY: '{"serviceUrl":""}',
      DOTNET_CLI_HOME: this.home,
      DOTNET_CLI_TELEMETRY_OPTOUT: '1',
      DOTNET_NOLOGO: '1',
    };
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
