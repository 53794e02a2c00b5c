// The browser's side of fleet's pages. The server makes everything that is read; this script keeps it up to date, sends
// forms and counts ages. It has no words of its own and never parses HTML.

const main = document.querySelector('#main');
const status = document.querySelector('#status');
const say = (word) => { if (status) status.textContent = status.dataset[word] ?? word; };

// --- Trees ---------------------------------------------------------------------------------------------------------

const SVG = 'http://www.w3.org/2000/svg';

/** Makes the node of a tree: a text, or [name, attributes, child…]. */
function build(tree, inSVG = false) {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const [name, attributes, ...children] = tree;
  const isSVG = inSVG || name === 'svg';
  const element = isSVG ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  for (const child of children) element.append(build(child, isSVG));
  return element;
}

/** What the reader has changed himself stays: an open table, a tick. */
const OWN = new Set(['open', 'checked', 'value']);

/** Changes an element into what a tree says, touching only what differs. */
function change(element, tree) {
  const [, attributes, ...children] = tree;
  for (const [key, value] of Object.entries(attributes)) {
    if (element.getAttribute(key) !== value) element.setAttribute(key, value);
  }
  for (const { name } of [...element.attributes]) {
    if (!(name in attributes) && !OWN.has(name)) element.removeAttribute(name);
  }
  // Its text is this script's.
  if (element.localName === 'time') return;
  const inSVG = element.namespaceURI === SVG;
  children.forEach((child, index) => {
    const node = element.childNodes[index];
    if (!node) element.append(build(child, inSVG));
    else if (typeof child === 'string') {
      if (node.nodeType !== Node.TEXT_NODE) node.replaceWith(build(child));
      else if (node.data !== child) node.data = child;
    } else if (node.localName === child[0] && (node.id || '') === (child[1].id ?? '')) change(node, child);
    else node.replaceWith(build(child, inSVG));
  });
  while (element.childNodes.length > children.length) element.lastChild.remove();
}

/** Puts the children of a list in order. While somebody points at the list, nothing that is there moves. */
const delayed = new Map();
function arrange(list, ids, fresh) {
  const isHeld = list.matches(':hover') || list.contains(document.activeElement);
  const nodes = ids.map((id) => document.getElementById(id) ?? fresh.get(id)).filter(Boolean);
  if (isHeld && list.children.length && nodes.some((node, index) => list.children[index] !== node)) {
    delayed.set(list, [ids, fresh]);
    return;
  }
  delayed.delete(list);
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
  while (list.children.length > nodes.length) list.lastElementChild.remove();
}
for (const kind of ['pointerout', 'focusout']) {
  addEventListener(kind, () => setTimeout(() => {
    for (const [list, [ids, fresh]] of [...delayed]) arrange(list, ids, fresh);
  }));
}

/** Takes what the server says is different now. */
function take({ parts, lists, hash }) {
  const fresh = new Map();
  for (const waiting of delayed.values()) for (const [id, node] of waiting[1]) fresh.set(id, node);
  for (const tree of parts) {
    const { id } = tree[1];
    const element = document.getElementById(id) ?? fresh.get(id);
    if (element) change(element, tree);
    else fresh.set(id, build(tree));
  }
  for (const [id, ids] of Object.entries(lists)) {
    const list = document.getElementById(id);
    // A table that was empty has no place for its first row: the page is made anew.
    if (list) arrange(list, ids, fresh);
    else if (ids.length) return location.reload();
  }
  main.dataset.hash = hash;
  tellTimes();
  go();
}

/** A page that leads on: an operation that has made a run. */
function go() {
  const place = document.querySelector('[data-go]')?.dataset.go;
  if (place && main.dataset.page.startsWith('/operations/')) location.replace(place);
}

// --- Times ---------------------------------------------------------------------------------------------------------

// Never by two numbers: their order is another one elsewhere.
const reader = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang;
const parts = { month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
const clock = new Intl.DateTimeFormat(reader, parts);
const day = new Intl.DateTimeFormat(reader, { year: 'numeric', ...parts });

function age(seconds) {
  if (seconds < 100) return `${Math.max(0, Math.floor(seconds))} s`;
  if (seconds < 6000) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

function tellTimes() {
  const now = Date.now();
  for (const element of document.querySelectorAll('time[datetime]')) {
    const time = new Date(element.dateTime);
    const text = 'age' in element.dataset ? age((now - time) / 1000)
      : (time.getFullYear() === new Date(now).getFullYear() ? clock : day).format(time);
    if (element.textContent !== text) element.textContent = text;
    element.title = day.format(time);
  }
}
tellTimes();
setInterval(() => { if (!document.hidden) tellTimes(); }, 1000);

// --- The log -------------------------------------------------------------------------------------------------------

const mostLines = 1000;
function addLines(log, { clear, lines = [], missed = 0 }) {
  if (clear) return log.replaceChildren();
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const rows = lines.map(([host, task, stream, text]) => build(['p', { class: stream }, ['span', { class: 'who' }, `${host} ${task}`], text]));
  if (missed) log.append(build(['p', { class: 'faint' }, `${missed} ${log.dataset.missed}`]));
  log.append(...rows);
  while (log.childElementCount > mostLines) log.firstElementChild.remove();
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}

// --- The stream ----------------------------------------------------------------------------------------------------

const remembered = (() => { try { return sessionStorage; } catch { return null; } })();
let source = null;
let again = 0;
let tries = 0;
let isPaused = remembered?.getItem('fleet-paused') === 'yes';

function close() {
  clearTimeout(again);
  source?.close();
  source = null;
}

function open() {
  close();
  if (!main?.dataset.page || isPaused || document.hidden) return;
  const { page, hash } = main.dataset;
  const stream = new EventSource(`/live?page=${encodeURIComponent(page)}&have=${encodeURIComponent(hash)}`);
  source = stream;
  stream.addEventListener('hello', ({ data }) => {
    // Another version of this script and of the style is there.
    if (JSON.parse(data) !== main.dataset.build) return location.reload();
    if (tries) say('back');
    tries = 0;
    document.body.classList.remove('lost');
  });
  for (const kind of ['page', 'hosts']) stream.addEventListener(kind, ({ data }) => take(JSON.parse(data)));
  const log = document.querySelector('#log');
  if (log) stream.addEventListener('log', ({ data }) => addLines(log, JSON.parse(data)));
  stream.onerror = () => {
    if (source !== stream) return;
    close();
    if (document.hidden) return;
    tries += 1;
    if (tries === 2) { say('lost'); document.body.classList.add('lost'); }
    // Not all browsers at once, when a server comes back.
    again = setTimeout(check, Math.min(30000, 500 * 2 ** tries) * (0.5 + Math.random()));
  };
}

/** A visit that is over needs the login page; an EventSource does not tell why it failed. */
async function check() {
  try {
    const answer = await fetch('/api/version');
    if (answer.status === 401) return location.assign('/login?ended=yes');
  } catch { /* The server is away: open() tries again. */ }
  open();
}

const pause = document.querySelector('#pause');
function showPause() {
  pause?.setAttribute('aria-pressed', String(isPaused));
  document.body.classList.toggle('paused', isPaused);
}
pause?.addEventListener('click', () => {
  isPaused = !isPaused;
  remembered?.setItem('fleet-paused', isPaused ? 'yes' : 'no');
  showPause();
  if (isPaused) { close(); say('paused'); } else { say(''); open(); }
});
showPause();
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return close();
  tries = 0;
  tellTimes();
  open();
});
addEventListener('pagehide', close);
addEventListener('pageshow', ({ persisted }) => { if (persisted) open(); });
if (main?.dataset.page) { go(); open(); }

// --- Asking for things ---------------------------------------------------------------------------------------------

async function send(method, place, body) {
  const answer = await fetch(place, {
    method, headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.status === 401 && place !== '/login') location.assign('/login?ended=yes');
  return { isGood: answer.ok, value: await answer.json() };
}

const follow = (operation) => location.assign(`/operations/${encodeURIComponent(operation)}`);

document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('button');
  if (!button) return;
  const { operation, question, cancel, asked, tick } = button.dataset;
  if (tick) {
    for (const box of button.closest('fieldset').querySelectorAll('input[type=checkbox]')) box.checked = tick === 'all';
    return;
  }
  if (button.id === 'leave') {
    await send('POST', '/logout', {});
    return location.assign('/login');
  }
  if (!operation && !cancel || question && !confirm(question)) return;
  button.disabled = true;
  try {
    const { isGood, value } = operation
      ? await send('POST', '/api/operations', JSON.parse(operation)) : await send('DELETE', cancel);
    say(isGood ? asked ?? '' : value.error);
    // What goes on has a page of its own; what ends something shows here.
    if (isGood && operation && !question) follow(value.operation);
  } catch {
    say('failed');
  }
  button.disabled = false;
});

/** The fields of a form as the members of a request; what is empty is left out. */
function read(form) {
  const body = { operation: form.dataset.operation };
  const put = (name, value) => {
    const [first, ...rest] = name.split('.');
    if (!rest.length) { body[first] = value; return; }
    body[first] ??= {};
    body[first][rest.join('.')] = value;
  };
  const values = new Map();
  for (const field of form.querySelectorAll('[data-kind]')) {
    switch (field.dataset.kind) {
      case 'flag': if (field.checked) put(field.name, true); break;
      case 'texts':
        body[field.name] ??= [];
        if (field.checked) body[field.name].push(field.value);
        break;
      // As somebody would type them; with none of them the default counts.
      case 'values':
        if (field.checked) values.set(field.name, [...(values.get(field.name) ?? []), field.value]);
        break;
      case 'words': {
        const words = field.value.split(/[\s,]+/).filter(Boolean);
        if (words.length) put(field.name, words.length === 1 && words[0] === 'all' ? 'all' : words);
        break;
      }
      default: if (field.value !== '') put(field.name, field.value);
    }
  }
  for (const [name, several] of values) put(name, several.join(','));
  return body;
}

/** Says what is wrong beside the field that it is about, and leads there. */
function blame(form, field, text) {
  const place = form.querySelector(`[data-error="${CSS.escape(field ?? '')}"]`) ?? form.querySelector('[data-error=""]');
  place.textContent = text;
  const input = field && (form.querySelector(`#${CSS.escape(field)}`) ?? form.querySelector(`[name="${CSS.escape(field)}"]`));
  if (!input || input.type === 'hidden') return;
  input.setAttribute('aria-invalid', 'true');
  input.focus();
}

/** Asks how many tasks the values of a form make, and says so beside its button; none are a mistake. */
async function count(form) {
  const { package: name, parameters } = read(form);
  const { value } = await send('POST', form.dataset.count, { package: name, parameters });
  form.querySelector('.count').textContent = value.tasks ? value.sentence : '';
  return value;
}

for (const form of document.querySelectorAll('form[data-operation]')) {
  const { sweep } = form.dataset;
  if (sweep) {
    const tell = () => count(form).catch(() => say('failed'));
    form.addEventListener('change', tell);
    tell();
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    for (const place of form.querySelectorAll('[data-error]')) place.textContent = '';
    for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
    const button = form.querySelector('button[type=submit]');
    button.disabled = true;
    try {
      const { tasks, sentence, field } = sweep ? await count(form) : { tasks: 1 };
      if (!tasks) return blame(form, field, sentence);
      // Several tasks are another operation.
      const { isGood, value } = await send('POST', '/api/operations', { ...read(form), ...(tasks > 1 ? { operation: sweep } : {}) });
      if (isGood) return follow(value.operation);
      blame(form, value.field, [value.error, value.hint].filter(Boolean).join('. '));
    } catch {
      say('failed');
    } finally {
      button.disabled = false;
    }
  });
}

// --- Coming in -----------------------------------------------------------------------------------------------------

const login = document.querySelector('#login');
async function come(word) {
  const place = document.querySelector('#word-error');
  try {
    const { isGood, value } = await send('POST', '/login', { word });
    // Where somebody wanted to go, this page has stood in the way.
    if (isGood) return location.replace(location.pathname === '/login' ? login.dataset.next : location.href);
    place.textContent = [value.error, value.hint].filter(Boolean).join('. ');
  } catch (error) {
    place.textContent = String(error);
  }
}
if (login) {
  login.addEventListener('submit', (event) => {
    event.preventDefault();
    come(document.querySelector('#word').value);
  });
  const code = location.hash.slice(1);
  if (code) {
    // Not to stay in the history.
    history.replaceState(null, '', '/login');
    come(code);
  }
}

// --- The chat ------------------------------------------------------------------------------------------------------

/** The elements of what a model wrote. Nothing else is ever built, whatever it wrote. */
const ELEMENTS = {
  paragraph: 'p', quote: 'blockquote', item: 'li', rule: 'hr', table: 'table', head: 'thead', body: 'tbody', row: 'tr',
  cell: 'td', emphasis: 'em', strong: 'strong', deleted: 's', code: 'code', break: 'br', document: 'div',
};

function written(node, words) {
  if (node.kind === 'text') return document.createTextNode(node.text);
  const children = (node.children ?? []).map((child) => written(child, words));
  let element;
  if (node.kind === 'heading') element = document.createElement(`h${Math.min(6, node.level + 2)}`);
  else if (node.kind === 'list') {
    element = document.createElement(node.ordered ? 'ol' : 'ul');
    if (node.ordered) element.start = node.start;
  } else if (node.kind === 'link') {
    element = build(['a', { href: node.address, rel: 'noopener noreferrer', target: '_blank' }]);
  } else if (node.kind === 'code-block') {
    const code = build(['code', {}]);
    code.append(...children);
    element = build(['div', { class: 'code' }, ['div', { class: 'line' }, ['span', { class: 'faint' }, node.language],
      ['button', { type: 'button', 'data-copy': '' }, words.copy]], ['pre', { tabindex: '0' }]]);
    element.lastChild.append(code);
    return element;
  } else element = document.createElement(ELEMENTS[node.kind] ?? 'span');
  element.append(...children);
  return element;
}

function beginChat(room) {
  const words = room.dataset;
  const at = (id) => document.getElementById(id);
  const [list, messages, form, stop, forget] = ['chats', 'messages', 'question-form', 'stop', 'forget'].map(at);
  let id = words.chat;
  let shown = [];
  let stream = null;
  let attempts = 0;

  /** One question or answer: what is said of it, and its text. */
  function article(message) {
    const element = build(['article', { class: message.role }, ['p', { class: 'who' }], ['div', { class: 'text' }]]);
    element.message = message;
    return element;
  }

  function tell(element, { place } = {}) {
    const { message } = element;
    const parts = message.role === 'user' ? [words.you] : [message.model, message.host && `${words.from} ${message.host}`,
      message.engine, message.seconds != null && `${message.seconds.toFixed(1)} s`];
    if (message.state === 'waiting') parts.push(`${words.waiting} ${place ?? 0}`);
    if (message.state === 'writing' || message.state === 'stopped') parts.push(words[message.state]);
    element.firstChild.textContent = parts.filter(Boolean).join(' · ');
    element.setAttribute('aria-busy', String(['waiting', 'writing'].includes(message.state)));
    const text = element.children[1];
    if (message.document) text.replaceChildren(written(message.document, words));
    else if (text.textContent !== message.text) text.textContent = message.text;
    text.classList.toggle('plain-text', !message.document);
    element.querySelector('.failure')?.remove();
    if (message.failure) {
      element.append(build(['p', { class: 'error failure' }, [message.failure, message.hint].filter(Boolean).join('. ')]));
    }
  }

  function showTools() {
    const last = shown.at(-1)?.message;
    const isOpen = last && ['waiting', 'writing'].includes(last.state);
    stop.hidden = !isOpen;
    forget.hidden = !id || isOpen;
    form.querySelector('[type=submit]').disabled = Boolean(isOpen);
  }

  function toEnd(wasAtEnd = true) { if (wasAtEnd) messages.scrollTop = messages.scrollHeight; }
  const isAtEnd = () => messages.scrollHeight - messages.scrollTop - messages.clientHeight < 60;

  // One at a time: what comes meanwhile asks for one more, and not for one each.
  let loading = null;
  let isStale = false;
  function load() {
    isStale = true;
    loading ??= (async () => {
      while (isStale) { isStale = false; await loadOnce(); }
    })().catch(() => say('failed')).finally(() => { loading = null; });
    return loading;
  }

  async function loadOnce() {
    const { value } = await send('GET', '/api/chats');
    list.replaceChildren(...value.chats.map(({ chat, title }) => build(['li', {}, ['a',
      { href: `/chat/${chat}`, ...(chat === id ? { 'aria-current': 'page' } : {}) }, title]])));
    if (!id) { shown = []; messages.replaceChildren(); return showTools(); }
    const asked = id;
    const { isGood, value: chat } = await send('GET', `/api/chats/${encodeURIComponent(id)}`);
    if (asked !== id) return;
    if (!isGood) { id = ''; history.replaceState(null, '', '/chat'); isStale = true; return; }
    shown = chat.messages.map(article);
    shown.forEach((element) => tell(element, chat));
    messages.replaceChildren(...shown);
    toEnd();
    showTools();
  }

  function hear({ chat, index, message, place, added, start }) {
    if (chat !== id) return;
    const element = shown[index];
    const known = element?.message.text ?? '';
    // What was missed is fetched: pieces say where they belong.
    if (!element || added != null && known.length !== start) return load();
    const wasAtEnd = isAtEnd();
    element.message = { ...message, text: added != null ? known + added : message.text ?? known };
    tell(element, { place });
    toEnd(wasAtEnd);
    showTools();
  }

  function listen() {
    stream?.close();
    stream = null;
    if (document.hidden) return;
    const own = new EventSource('/api/chat-events');
    stream = own;
    own.addEventListener('open', () => { if (attempts) say('back'); attempts = 0; load(); });
    own.addEventListener('chat', ({ data }) => hear(JSON.parse(data)));
    own.onerror = () => {
      if (stream !== own) return;
      own.close();
      stream = null;
      if (document.hidden) return;
      attempts += 1;
      if (attempts === 2) say('lost');
      setTimeout(listen, Math.min(30000, 500 * 2 ** attempts) * (0.5 + Math.random()));
    };
  }

  function visit(next) {
    id = next;
    history.pushState(null, '', id ? `/chat/${id}` : '/chat');
    at('question-error').textContent = '';
    return load();
  }

  // The key lives in the field alone, so chats are changed without another page.
  room.addEventListener('click', async ({ target }) => {
    const copy = target.closest?.('button[data-copy]');
    if (!copy) return;
    await navigator.clipboard?.writeText(copy.closest('.code').querySelector('code').textContent);
    copy.textContent = words.copied;
  });
  room.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href^="/chat"]');
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    visit(link.getAttribute('href').split('/')[2] ?? '');
  });
  addEventListener('popstate', () => { id = location.pathname.split('/')[2] ?? ''; load(); });

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const body = { question: at('question').value };
    if (id) body.chat = id;
    for (const name of ['key', 'model', 'base_url', 'engine', 'host']) if (at(name).value) body[name] = at(name).value;
    if (at('simulate').checked) body.simulate = '10s';
    at('question-error').textContent = '';
    try {
      const { isGood, value } = await send('POST', '/api/chats', body);
      if (!isGood) { at('question-error').textContent = [value.error, value.hint].filter(Boolean).join('. '); return; }
      at('question').value = '';
      at('how').open = false;
      if (value.chat !== id) await visit(value.chat); else await load();
    } catch { say('failed'); }
  });
  at('question').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  stop.addEventListener('click', () => send('POST', `/api/chats/${encodeURIComponent(id)}/stop`, {}));
  forget.addEventListener('click', async () => {
    if (!confirm(words.remove)) return;
    await send('DELETE', `/api/chats/${encodeURIComponent(id)}`);
    visit('');
  });
  document.addEventListener('visibilitychange', listen);
  addEventListener('pagehide', () => stream?.close());
  listen();
}
const room = document.querySelector('#chat');
if (room) beginChat(room);
