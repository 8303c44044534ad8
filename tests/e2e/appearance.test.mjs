import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { suite } from './harness/suite.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const themes = {
  'Default Light Modern': 'vscode-light',
  'Default Dark Modern': 'vscode-dark',
  'Default High Contrast': 'vscode-high-contrast',
  'Default High Contrast Light': 'vscode-high-contrast-light',
};

/** What a blind, a colour-blind and a mouseless user would stumble over, by the rules of the W3C's levels A and AA. */
async function barriers(chat) {
  const violations = await chat.evaluate(async source => {
    // The page is transparent; what it lies on is in another frame, where the checker cannot look.
    document.documentElement.style.background = 'var(--vscode-sideBar-background)';
    const { run } = new Function(`${source}; return axe;`).call(window);
    const { violations } = await run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
    return violations.map(({ id, nodes }) => `${id}, ${nodes.length} times, such as ${nodes[0].html}: ${nodes[0].failureSummary}`);
  }, axe);
  return violations;
}

suite('The chat in every theme', { name: 'themes', trusted: true }, (step, window, picture) => {
  step('the chat opens empty, and suggests questions', async () => {
    await window.page.goto(window.server.url(window.folder));
    await window.workbench.ready();
    await window.chat.open();
    await window.workbench.statusIs('check', 120_000);
    assert.equal(await window.chat.frame.locator('.suggestion').count(), 3);
    assert.deepEqual(await barriers(window.chat), []);
  });

  step('a suggestion is asked by keyboard', async () => {
    const suggestion = window.chat.frame.locator('.suggestion').first();
    await suggestion.focus();
    await suggestion.press('Enter');
    await window.chat.turns.first().locator('.reply[aria-busy="false"] a.code-link').first().waitFor();
    await window.chat.frame.locator('#question:focus').waitFor();
  });

  for (const [theme, body] of Object.entries(themes)) {
    step(`${theme}: readable, and without barriers`, async () => {
      await window.server.writeSettings({ 'workbench.colorTheme': theme });
      await window.chat.frame.locator(`body.${body}`).waitFor();
      assert.deepEqual(await barriers(window.chat), []);
    });
  }

  step('without motion where the user asked for none', async () => {
    await window.server.writeSettings({ 'workbench.reduceMotion': 'on' });
    await window.chat.frame.locator('body.vscode-reduce-motion').waitFor();
    const animations = await window.chat.evaluate(() => document.getAnimations().length);
    assert.equal(animations, 0);
  });
});
