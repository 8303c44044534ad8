// The browser, and what it saw beside the page: requests that leave this machine, violations of a page's policy.

import { chromium as playwright } from 'playwright-core';
import { chromium } from './places.mjs';

export class Browser {
  foreignRequests = [];
  policyViolations = [];
  dialogs = [];

  static async start() {
    const self = new Browser();
    self.browser = await playwright.launch({
      executablePath: chromium(),
      headless: true,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync'],
    });
    self.context = await self.browser.newContext({ viewport: { width: 1400, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] });
    self.context.on('request', request => {
      if (isForeign(request.url())) self.foreignRequests.push(request.url());
    });
    self.page = await self.context.newPage();
    self.page.setDefaultTimeout(30_000);
    self.page.on('console', message => {
      if (/Content Security Policy/i.test(message.text())) self.policyViolations.push(`${message.text()} (${message.location().url})`);
    });
    self.page.on('dialog', dialog => {
      self.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    return self;
  }

  async stop() {
    await this.browser.close();
  }
}

/** The workbench's web views have addresses of their own, which a service worker in the page answers. */
function isForeign(address) {
  const { protocol, hostname } = new URL(address);
  if (!/^(https?|wss?):$/.test(protocol)) return false;
  return hostname !== '127.0.0.1' && !hostname.endsWith('.vscode-resource.vscode-cdn.net');
}
