// Starts Blazor and what surrounds it.
import { startConnection } from './connection.js';
import { startDrawers } from './drawer.js';
import { startDrafts, forgetDrafts } from './drafts.js';
import { palette, startPalette } from './palette.js';
import { startNavigation } from './navigation.js';
import { startAccount } from './account.js';
import { startRows } from './rows.js';
import { startMenus } from './menus.js';
import { startMentions } from './mentions.js';
import { startClicks } from './clicks.js';
import { startPaste } from './paste.js';
import { startTakeover } from './takeover.js';

const showAddress = address => history.replaceState(history.state, '', address);

window.shell = { forgetDrafts, showAddress, palette };
Blazor.start({
  circuit: {
    // the server pings every 5 s, so 15 s of silence mean a dead line
    configureSignalR: builder => builder.withServerTimeout(15000).withKeepAliveInterval(10000),
    reconnectionOptions: { maxRetries: 1000, retryIntervalMilliseconds: tries => (tries < 3 ? 500 : 3000) },
  },
});
// only now does Blazor take listeners
startConnection();
startNavigation();
startPalette();
startRows();
startMenus();
startMentions();
startClicks();
startPaste();
startDrafts();
startDrawers();
startAccount();
startTakeover();
