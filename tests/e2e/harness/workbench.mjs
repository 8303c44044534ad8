// The editor's window, in the words of someone who uses it.

import { basename } from 'node:path';

export class Workbench {
  constructor(page) {
    this.page = page;
    this.editor = page.locator('.part.editor .monaco-editor').first();
    this.squiggles = page.locator('.part.editor .monaco-editor .squiggly-error');
    this.statusItem = page.locator('.part.statusbar [id="qwenide.qwenide.qwenide.status"]');
  }

  async ready() {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 90_000 });
    await this.page.locator('.monaco-workbench .part.activitybar').waitFor();
  }

  /** Waits until the status bar shows this icon for QwenIde: check, warning, error or loading. */
  async statusIs(icon, timeout) {
    await this.statusItem.locator(`.codicon-${icon}`).waitFor({ timeout });
  }

  /** The lines of the open file with this text; the editor shows blanks as no-break spaces. */
  line(text) {
    return this.editor.locator('.view-line').filter({ hasText: text });
  }

  activeTab(name) {
    return this.page.locator(`.tab.active[data-resource-name=${JSON.stringify(name)}]`);
  }

  /** Runs a command by its title, as `Category: Title`. */
  async command(title) {
    await this.pick('F1', title);
  }

  async openFile(path) {
    await this.pick('Control+P', basename(path));
    await this.activeTab(basename(path)).waitFor();
  }

  /** Opens a quick input by a key, types, and takes the row with exactly this label. Keys can get lost while focus moves. */
  async pick(key, label) {
    const widget = this.page.locator('.quick-input-widget:visible');
    await this.insist(`"${label}" in the quick input`, async timeout => {
      await this.page.keyboard.press(key);
      await widget.locator('input.input').waitFor({ timeout });
      const input = widget.locator('input.input');
      const prefix = (await input.inputValue()).startsWith('>') ? '>' : '';
      await input.fill(prefix + label);
      const row = widget.locator('.quick-input-list .monaco-list-row').filter({ has: this.page.locator('.label-name', { hasText: label }) }).first();
      await row.click({ timeout });
      await widget.waitFor({ state: 'hidden', timeout });
    });
  }

  /** Puts the caret on a word of the open file. */
  async caretOn(word) {
    const token = this.editor.locator('.view-line span > span').filter({ hasText: new RegExp(`^\\s*${word}\\s*$`) }).first();
    await token.click();
  }

  /** Opens the light bulb's menu by keyboard; returns the titles in it. */
  async openQuickFixes() {
    const rows = this.page.locator('.action-widget:visible .monaco-list-row.action');
    await this.page.locator('.lightBulbWidget:visible, [class*="codicon-gutter-lightbulb"]:visible, [class*="codicon-lightbulb"]:visible').first().waitFor();
    await this.insist('the quick fixes', async timeout => {
      await this.page.keyboard.press('Control+.');
      await rows.first().waitFor({ timeout });
    });
    return rows.allInnerTexts();
  }

  /** Takes a quick fix by its title, by keyboard. */
  async takeQuickFix(title) {
    const list = this.page.locator('.action-widget:visible');
    const wanted = list.locator('.monaco-list-row.action').filter({ hasText: title }).first();
    await wanted.waitFor();
    const focused = list.locator('.monaco-list-row.focused').filter({ hasText: title });
    for (let presses = 0; presses < 30 && (await focused.count()) === 0; presses++) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
    await list.waitFor({ state: 'hidden' });
  }

  async save() {
    await this.page.keyboard.press('Control+s');
    await this.page.locator('.tab.active:not(.dirty)').first().waitFor();
  }

  /** Tries an action a few times, with Escape between: the first key press may fall into a change of focus. */
  async insist(what, action) {
    let last;
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        return await action(4000);
      } catch (error) {
        last = error;
        await this.page.keyboard.press('Escape');
      }
    }
    throw new Error(`Five attempts failed: ${what}. ${last.message}`, { cause: last });
  }
}
