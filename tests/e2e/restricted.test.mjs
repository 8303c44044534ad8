import assert from 'node:assert/strict';
import { descendants, isBuild, isSidecar, watchDescendants } from './harness/processes.mjs';
import { suite } from './harness/suite.mjs';
import { until } from './harness/until.mjs';

suite('A solution in Restricted Mode', { name: 'restricted', trusted: false }, (step, window) => {
  let watch;

  step('the extension works in a folder that is not trusted', async () => {
    watch = watchDescendants(window.server.pid);
    await window.page.goto(window.server.url(window.folder));
    await window.workbench.ready();
    await until('the sidecar runs', () => descendants(window.server.pid).find(isSidecar));
    await window.page.locator('.part.banner').getByText('Restricted Mode').waitFor();
    await window.workbench.statusIs('warning', 120_000);
  });

  step('the chat is there, and says what was read', async () => {
    await window.chat.open();
    const reply = await window.chat.answer('What is this solution?');
    await reply.getByText('Shop.sln').first().waitFor();
  });

  step('a missing using is underlined and repaired from the project files alone', async () => {
    await window.workbench.openFile('src/Shop.Cli/ReceiptPrinter.cs');
    await window.workbench.squiggles.first().waitFor({ timeout: 60_000 });
    await window.workbench.caretOn('StringBuilder');
    await window.workbench.openQuickFixes();
    await window.workbench.takeQuickFix('using System.Text');
    await window.workbench.squiggles.first().waitFor({ state: 'detached' });
  });

  step('until here no build, no evaluation and no other dotnet ran', async () => {
    const dotnets = watch.seen().filter(({ commandLine }) => /dotnet/.test(commandLine));
    assert.deepEqual(dotnets.filter(process => !isSidecar(process)), []);
    assert.deepEqual(watch.seen().filter(isBuild), []);
  });

  step('granting trust loads the full model', async () => {
    await window.workbench.command('Workspaces: Manage Workspace Trust');
    await window.page.getByRole('button', { name: /^Trust/ }).first().click();
    await until('MSBuild reads the projects', () => watch.seen().some(isBuild));
    await window.chat.footer.getByText('MSBuild').waitFor({ timeout: 120_000 });
    await window.workbench.statusIs('check');
    watch.stop();
  });
});
