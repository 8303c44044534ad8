// The chat view: a page in a frame in a frame.

export class Chat {
  constructor(workbench) {
    this.workbench = workbench;
    this.page = workbench.page;
    this.frame = this.page.frameLocator('iframe.webview.ready').first().frameLocator('iframe#active-frame');
    this.input = this.frame.locator('#question');
    this.turns = this.frame.locator('.turn');
    this.sendButton = this.frame.locator('.send');
    this.footer = this.frame.locator('.status-text');
  }

  async open() {
    await this.workbench.command('QwenIde: Open Chat');
    await this.input.waitFor({ timeout: 60_000 });
  }

  /** Asks, and returns the turn while it is still being answered. */
  async ask(question) {
    const before = await this.turns.count();
    await this.input.click();
    await this.input.fill('');
    await this.input.pressSequentially(question);
    await this.input.press('Enter');
    const turn = this.turns.nth(before);
    await turn.waitFor();
    return turn;
  }

  /** Asks, and waits for the end of the answer. */
  async answer(question) {
    const turn = await this.ask(question);
    await turn.locator('.reply[aria-busy="false"]').waitFor({ timeout: 60_000 });
    return turn.locator('.reply');
  }

  /** Runs a function in the chat's page. */
  async evaluate(script, argument) {
    return this.input.evaluate((_, [source, value]) => new Function(`return (${source})`)()(value), [script.toString(), argument]);
  }
}
