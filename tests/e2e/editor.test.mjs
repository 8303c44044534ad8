import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shop, planted } from '../../scripts/lib/sample.mjs';
import { descendants, isSidecar } from './harness/processes.mjs';
import { suite } from './harness/suite.mjs';
import { until } from './harness/until.mjs';

const receipt = 'src/Shop.Cli/ReceiptPrinter.cs';
const hostileName = '<img src=x onerror=alert(1)>.cs';

suite('A trusted solution in VS Code', {
  name: 'trusted',
  trusted: true,
  prepare: ({ folder }) => writeFileSync(join(folder, 'src/Shop.Cli', hostileName),
    'namespace Shop.Cli;\n\ninternal sealed class HostileName;\n'),
}, (step, window) => {
  const sidecar = () => descendants(window.server.pid).find(isSidecar);

  step('the packaged extension starts its sidecar and opens the solution', async () => {
    await window.page.goto(window.server.url(window.folder));
    await window.workbench.ready();
    await until('the sidecar runs', sidecar);
    await window.workbench.statusIs('check', 120_000);
  });

  step('a missing using is underlined', async () => {
    await window.workbench.openFile(receipt);
    await window.workbench.squiggles.first().waitFor({ timeout: 60_000 });
  });

  step('the light bulb, opened by keyboard, offers the fix', async () => {
    await window.workbench.caretOn('StringBuilder');
    const titles = await window.workbench.openQuickFixes();
    assert.ok(titles.some(title => title.includes('using System.Text')), titles.join(' | '));
  });

  step('taking the fix changes the text, and the squiggle goes', async () => {
    await window.workbench.takeQuickFix('using System.Text');
    await window.workbench.line(/using\sSystem\.Text;/).waitFor();
    await window.workbench.squiggles.first().waitFor({ state: 'detached' });
  });

  step('the saved file differs in the intended bytes only: byte-order mark and line endings stay', async () => {
    await window.workbench.save();
    const sound = readFileSync(join(shop, receipt));
    assert.notDeepEqual(readFileSync(join(planted, receipt)), sound);
    assert.deepEqual([...sound.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.ok(sound.includes('\r\n'));
    await until('the file is written', () => readFileSync(join(window.folder, receipt)).includes('using System.Text;'), 10_000);
    assert.deepEqual(readFileSync(join(window.folder, receipt)), sound);
  });

  step('the chat opens with the caret in its input', async () => {
    await window.chat.open();
    await window.chat.frame.locator('#question:focus').waitFor();
  });

  step('the chat says what the solution is, with links', async () => {
    const reply = await window.chat.answer('What is this solution?');
    await reply.getByText('Shop.sln').first().waitFor();
    assert.ok(await reply.locator('a.code-link').count() > 0);
  });

  step('a link in an answer opens its file', async () => {
    const link = window.chat.frame.locator('a.code-link').first();
    const name = decodeURIComponent(new URL(await link.getAttribute('href')).pathname).split('/').at(-1);
    await link.focus();
    await link.press('Enter');
    await window.workbench.activeTab(name).waitFor();
  });

  step('the chat says honestly that no model is set up', async () => {
    const reply = await window.chat.answer('How do I set up a model?');
    await reply.getByText(/no model/i).first().waitFor();
  });

  step('HTML in a file name and in a question is shown as text', async () => {
    const reply = await window.chat.answer('What is HostileName? <img src=x onerror=alert(1)>');
    await reply.getByText(hostileName).first().waitFor();
    await window.chat.turns.last().locator('.question').getByText('<img src=x onerror=alert(1)>').waitFor();
    assert.equal(await window.chat.frame.locator('img').count(), 0);
    assert.deepEqual(window.browser.dialogs, []);
  });

  step('Escape stops an answer at once, even if the sidecar hangs', async () => {
    const { pid } = sidecar();
    process.kill(pid, 'SIGSTOP');
    try {
      const turn = await window.chat.ask('Which errors are there?');
      await turn.locator('.working').waitFor();
      await window.chat.input.press('Escape');
      await turn.locator('.note').waitFor();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await window.chat.answer('Which errors are there?');
    assert.equal(await window.chat.turns.last().locator('.failure').count(), 0);
  });

  step('a killed sidecar comes back by itself, and works again', async () => {
    const { pid } = sidecar();
    process.kill(pid, 'SIGKILL');
    await until('another sidecar runs', () => sidecar()?.pid !== pid && sidecar());
    await window.workbench.statusIs('check', 120_000);
    await window.workbench.openFile('src/Shop.Orders/OrderReports.cs');
    await window.workbench.squiggles.first().waitFor({ timeout: 60_000 });
    const reply = await window.chat.answer('What is this solution?');
    await reply.getByText('Shop.sln').first().waitFor();
  });

  step('a hidden chat comes back with its conversation and the draft', async () => {
    await window.chat.input.fill('half a thought');
    const turns = await window.chat.turns.count();
    await window.workbench.command('View: Toggle Secondary Side Bar Visibility');
    await window.page.locator('iframe.webview.ready').waitFor({ state: 'detached' });
    await window.chat.open();
    await window.chat.turns.nth(turns - 1).waitFor();
    assert.equal(await window.chat.input.inputValue(), 'half a thought');
    await window.chat.input.fill('');
  });

  step('the chat moves to the activity bar and back', async () => {
    await window.workbench.command('QwenIde: Move Chat to the Activity Bar');
    await window.page.locator('.activitybar .action-item.checked a[aria-label^="QwenIde"]').waitFor();
    await window.chat.input.waitFor();
    await window.workbench.command('QwenIde: Move Chat to the Secondary Side Bar');
    await window.page.locator('.activitybar a[aria-label^="QwenIde"]').waitFor({ state: 'detached' });
    await window.chat.input.waitFor();
  });

  step('a setting that names no dotnet fails with a sentence and what to do, and mends when it is corrected', async () => {
    await window.server.writeSettings({ 'qwenide.dotnet.path': '/nowhere/dotnet' });
    await window.workbench.statusIs('error');
    await window.page.locator('.notification-toast').getByText('/nowhere/dotnet').waitFor();
    await window.workbench.command('Notifications: Clear All Notifications');
    const reply = await window.chat.answer('What is this solution?');
    await reply.locator('.failure').getByText('The setting qwenide.dotnet.path names "/nowhere/dotnet"').waitFor();
    await reply.getByRole('button', { name: 'Open settings' }).waitFor();
    await window.workbench.squiggles.first().waitFor({ state: 'detached' });
    await window.server.writeSettings({ 'qwenide.dotnet.path': '' });
    await window.workbench.statusIs('check', 120_000);
    await window.workbench.squiggles.first().waitFor({ timeout: 60_000 });
    await reply.getByRole('button', { name: 'Ask again' }).click();
    await window.chat.turns.last().locator('.reply[aria-busy="false"]').getByText('Shop.sln').first().waitFor();
  });

  step('nothing was fetched from elsewhere, and no page broke its policy', async () => {
    assert.deepEqual(window.browser.foreignRequests, []);
    assert.deepEqual(window.browser.policyViolations, []);
  });

  step('the chat\'s policy lets no request out', async () => {
    const outcome = await window.chat.evaluate(() => fetch('https://example.org/').then(() => 'let out', () => 'kept in'));
    assert.equal(outcome, 'kept in');
    await until('the browser reports it', () => window.browser.policyViolations.some(violation => violation.includes('example.org')), 5000);
  });
});
