import * as vscode from 'vscode';
import type { PageTexts } from './messages';

/** The words on the chat's page, in the editor's language. */
export function pageTexts(): PageTexts {
  const { t } = vscode.l10n;
  return {
    title: t('Ask about your solution'),
    introduction: t('Answers come from the compiler\'s own picture of your code, on this machine.'),
    suggestions: [t('What is this solution?'), t('Which errors are there?'), t('How do I set up a model?')],
    placeholder: t('Ask about your code'),
    send: t('Send (Enter)'),
    stop: t('Stop (Escape)'),
    you: t('You'),
    working: t('Working'),
    stopped: t('Stopped. What had arrived is kept.'),
    copy: t('Copy'),
    copied: t('Copied'),
    transcript: t('Conversation'),
    showStatus: t('Show solution status'),
    nextSteps: {
      askAgain: t('Ask again'),
      restart: t('Restart'),
      showLog: t('Show log'),
      openSettings: t('Open settings'),
      manageTrust: t('Manage trust'),
    },
  };
}
