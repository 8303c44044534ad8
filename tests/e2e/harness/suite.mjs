// A test as a sequence of steps on one window. A picture is kept of each step; after a failure the later steps are skipped.

import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { layOut } from '../../../scripts/lib/sample.mjs';
import { Browser } from './browser.mjs';
import { Chat } from './chat.mjs';
import { artifacts, repository } from './places.mjs';
import { Server } from './server.mjs';
import { Workbench } from './workbench.mjs';

/** Describes a suite; `body` receives `step(name, action)` and the window, filled in when the steps run. */
export function suite(title, { name, trusted, prepare = () => {} }, body) {
  const window = {};
  const pictures = join(artifacts, name);
  let failed = false;
  let number = 0;

  describe(title, { timeout: 600_000 }, () => {
    before(async () => {
      rmSync(pictures, { recursive: true, force: true });
      mkdirSync(pictures, { recursive: true });
      window.scratch = await mkdtemp(join(tmpdir(), 'qwenide e2e Köln '));
      window.folder = join(window.scratch, 'Müllers Shop');
      layOut(window.folder, { withProblems: true });
      await prepare(window);
      window.server = await Server.start({
        scratch: window.scratch,
        vsix: join(repository, 'artifacts', 'qwenide.vsix'),
        trusted,
      });
      window.browser = await Browser.start();
      window.page = window.browser.page;
      window.workbench = new Workbench(window.page);
      window.chat = new Chat(window.workbench);
    });
    after(async () => {
      await window.browser?.stop();
      window.server?.stop();
      await rm(window.scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    });

    const picture = label => window.page?.screenshot({ path: join(pictures, `${label}.png`) });
    const step = (label, action) => test(label, async context => {
      if (failed) return context.skip('an earlier step failed');
      const file = `${String(++number).padStart(2, '0')} ${label.replace(/[^\w ]/g, '')}`;
      try {
        await action();
        await picture(file);
      } catch (error) {
        failed = true;
        await picture(`${file} FAILED`);
        throw error;
      }
    });
    body(step, window, picture);
  });
}
