// Makes a form of each operation of the document, sends what is filled in, and shows what comes back as it comes.

const LONGEST = 200_000; // characters that are shown of an answer that goes on
const EXAMPLES = {
  Ask: '{"do": "mute on"}',
  Restart: '{"now": false}',
  Reset: '{"room": "NAME"}',
  Renewal: '{"wish": "check"}',
  Backup: '{"passphrase": ""}',
};

const token = document.getElementById("token");
document.getElementById("who").addEventListener("submit", (event) => event.preventDefault());

function element(name, properties = {}, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}

function field(parameter) {
  const input = element("input", { name: parameter.name, autocomplete: "off", spellcheck: false });
  const hint = element("span", { className: "hint" }, parameter.description);
  return { parameter, input, shown: element("div", {}, element("label", {}, parameter.name, input), hint) };
}

const FILE = "application/octet-stream";
const LATER = 60_000; // ms in which a browser has taken a file

function bodyOf(operation) {
  const content = operation.requestBody?.content;
  if (!content) return null;
  if (content[FILE]) return element("input", { type: "file" });
  const { schema } = content["application/json"];
  const value = EXAMPLES[schema.$ref.split("/").pop()] ?? "{}";
  return element("textarea", { rows: 4, value, spellcheck: false });
}

function requestOf(path, method, operation, fields, body) {
  const headers = {};
  const query = new URLSearchParams();
  for (const { parameter, input } of fields) {
    if (!input.value) continue;
    if (parameter.in === "query") query.set(parameter.name, input.value);
    else headers[parameter.name] = input.value;
  }
  if (token.value) headers.Authorization = `Bearer ${token.value}`;
  if (body) headers["Content-Type"] = body.files ? FILE : "application/json";
  const asked = query.size ? `?${query}` : "";
  const sent = body?.files ? (body.files[0] ?? "") : body?.value;
  return [path.slice(1) + asked, { method, headers, body: sent, cache: "no-store" }];
}

async function show(answer, out) {
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}\n`).join("");
  out.textContent = `${answer.status} ${answer.statusText}\n${headers}\n`;
  if (answer.headers.get("content-type")?.includes("json")) {
    out.textContent += JSON.stringify(await answer.json(), null, 2);
    return;
  }
  if (answer.headers.get("content-type") === FILE) {
    const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition"))?.[1] ?? "file";
    const address = URL.createObjectURL(await answer.blob());
    element("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), LATER);
    return;
  }
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader.read()) {
    out.textContent = (out.textContent + part.value).slice(-LONGEST);
    out.scrollTop = out.scrollHeight;
  }
}

function formOf(path, method, operation) {
  const fields = operation.parameters.map(field);
  const body = bodyOf(operation);
  const send = element("button", { type: "submit" }, "Send");
  const out = element("pre", { hidden: true, tabIndex: 0 });
  out.setAttribute("aria-live", "polite");
  out.setAttribute("aria-label", `Answer of ${method} ${path}`);
  const labelled = body ? [element("label", {}, "Body", body)] : [];
  const form = element("form", {}, ...fields.map(({ shown }) => shown), ...labelled, send);
  let running = null;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    running?.abort();
    if (running) return;
    running = new AbortController();
    send.textContent = "Stop";
    out.hidden = false;
    out.textContent = "";
    try {
      const [url, options] = requestOf(path, method, operation, fields, body);
      await show(await fetch(url, { ...options, signal: running.signal }), out);
    } catch (error) {
      out.textContent += `\n${error.message}`;
    }
    running = null;
    send.textContent = "Send";
  });
  return element("div", {}, element("p", {}, operation.description), form, out);
}

function shownOf(path, method, operation) {
  const title = element("summary", {}, element("code", {}, `${method} ${path}`), ` ${operation.summary}`);
  const details = element("details", { id: operation.operationId }, title);
  details.append(formOf(path, method, operation));
  return details;
}

const described = await (await fetch("openapi.json")).json();
const made = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => shownOf(path, method.toUpperCase(), operation)),
);
document.getElementById("operations").append(...made);
