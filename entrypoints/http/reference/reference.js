// Shows /openapi.json and lets it be tried out. Everything that comes from elsewhere becomes text,
// never markup.
"use strict";

const STORED = "frontdesk-key";
const METHODS = ["get", "post", "put", "patch", "delete"];
const FRESH = { "Idempotency-Key": () => crypto.randomUUID() };

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(attribute, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== ""));
  return made;
}

// `code` in running text, as the description writes it.
function prose(text) {
  const parts = text.split("`");
  return parts.map((part, place) => (place % 2 ? element("code", {}, part) : part));
}

function resolved(document, node) {
  while (node && node.$ref) {
    node = node.$ref.slice(2).split("/").reduce((at, step) => at[step], document);
  }
  return node;
}

function words(document, schema) {
  schema = resolved(document, schema);
  const bounds = [];
  if (schema.format) bounds.push(schema.format);
  if (schema.enum) bounds.push(schema.enum.join(" | "));
  if (schema.minimum !== undefined) bounds.push(`≥ ${schema.minimum}`);
  if (schema.maximum !== undefined) bounds.push(`≤ ${schema.maximum}`);
  if (schema.default !== undefined) bounds.push(`default ${schema.default}`);
  return [schema.type, ...bounds].filter(Boolean).join(", ");
}

function parameterField(document, parameter) {
  const schema = resolved(document, parameter.schema);
  const id = `p-${crypto.randomUUID()}`;
  const attributes = { id, "data-name": parameter.name, "data-in": parameter.in, spellcheck: "false" };
  let input;
  if (schema.enum) {
    input = element("select", attributes, element("option", { value: "" }, "—"));
    input.append(...schema.enum.map((value) => element("option", {}, String(value))));
  } else {
    const example = schema.examples?.[0] ?? schema.example ?? "";
    input = element("input", { ...attributes, placeholder: String(example) });
  }
  if (FRESH[parameter.name]) input.value = FRESH[parameter.name]();
  else if (parameter.name === "If-Match" && parameter.required) input.value = "*";
  return element("div", { class: "field" },
    element("label", { for: id, class: parameter.required ? "required" : undefined },
      element("code", {}, parameter.name), ` ${parameter.in === "query" ? "" : `(${parameter.in})`}`),
    input,
    element("small", {}, ...prose(`${parameter.description ?? ""} ${words(document, schema)}`)));
}

function bodyField(document, body) {
  const media = body.content["application/json"];
  const examples = Object.entries(media.examples ?? {});
  const text = element("textarea", { "data-body": true, spellcheck: "false", "aria-label": "Body" });
  const fill = (name) => {
    const found = examples.find(([known]) => known === name);
    if (found) text.value = JSON.stringify(resolved(document, found[1]).value, null, 2);
  };
  fill(examples[0]?.[0]);
  const choice = element("select", { "aria-label": "Example" });
  choice.append(...examples.map(([name]) => element("option", {}, name)));
  choice.addEventListener("change", () => fill(choice.value));
  return element("div", { class: "field" },
    element("span", { class: "required" }, "Body (application/json)"),
    element("div", {}, ...(examples.length > 1 ? [choice] : []), text));
}

function answersTable(document, responses) {
  const rows = Object.entries(responses).map(([status, response]) => {
    const known = resolved(document, response);
    return element("tr", {}, element("th", {}, status), element("td", {}, ...prose(known.description)));
  });
  return element("details", {}, element("summary", {}, "Answers"),
    element("div", { class: "content" }, element("table", {}, ...rows)));
}

function requestOf(method, path, form, key) {
  const query = new URLSearchParams();
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  for (const input of form.querySelectorAll("[data-name]")) {
    const { name, in: place } = input.dataset;
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(input.value));
    else if (input.value === "") continue;
    else if (place === "query") query.set(name, input.value);
    else headers[name] = input.value;
  }
  const body = form.querySelector("[data-body]")?.value;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const search = query.toString();
  return [path + (search ? `?${search}` : ""), { method: method.toUpperCase(), headers, body }];
}

async function send(method, path, form, shown) {
  const [address, request] = requestOf(method, path, form, document.getElementById("key").value);
  try {
    const answer = await fetch(address, { ...request, cache: "no-store", credentials: "omit" });
    const text = await answer.text();
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
    shown.textContent =
      `${request.method} ${address}\n\n${answer.status} ${answer.statusText}\n${headers}\n\n${pretty(text)}`;
  } catch (error) {
    shown.textContent = `${request.method} ${address}\n\n${error}`;
  }
  shown.hidden = false;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function operationSection(document, method, path, operation) {
  const form = element("form", { class: "content" });
  const shown = element("pre", { hidden: true, "aria-live": "polite" });
  const button = element("button", { type: "submit" }, "Send");
  form.append(
    element("p", { class: "description" }, ...prose(operation.description ?? "")),
    ...(operation.parameters ?? []).map((parameter) => parameterField(document, resolved(document, parameter))),
    ...(operation.requestBody ? [bodyField(document, resolved(document, operation.requestBody))] : []),
    button, shown, answersTable(document, operation.responses));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    await send(method, path, form, shown);
    button.disabled = false;
  });
  return element("details", { id: operation.operationId },
    element("summary", {},
      element("span", { class: `method ${method}` }, method.toUpperCase()),
      element("code", {}, path),
      element("span", { class: "summary" }, operation.summary ?? "")),
    form);
}

function tagSection(description, tag) {
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => methods[method]?.tags?.includes(tag.name))
      .map((method) => operationSection(description, method, path, methods[method])));
  return element("section", {}, element("h2", { id: `tag-${tag.name}` }, tag.name),
    element("p", {}, ...prose(tag.description ?? "")), ...operations);
}

// Whoever takes the key away leaves nothing that it showed.
function forget() {
  sessionStorage.removeItem(STORED);
  for (const shown of document.querySelectorAll("pre[aria-live]")) {
    shown.textContent = "";
    shown.hidden = true;
  }
}

async function show() {
  const key = document.getElementById("key");
  key.value = sessionStorage.getItem(STORED) ?? "";
  key.addEventListener("input", () => (key.value ? sessionStorage.setItem(STORED, key.value) : forget()));
  const main = document.getElementById("operations");
  try {
    const description = await (await fetch("/openapi.json")).json();
    document.title = `${description.info.title} API`;
    document.getElementById("title").textContent = `${description.info.title} ${description.info.version}`;
    const intro = description.info.description.split("\n").map((line) => [...prose(line), "\n"]).flat();
    main.replaceChildren(element("pre", {}, ...intro),
      ...description.tags.map((tag) => tagSection(description, tag)));
    document.getElementById("tags").append(...description.tags.map((tag) =>
      element("a", { href: `#tag-${tag.name}` }, tag.name)));
    const wanted = location.hash && document.getElementById(location.hash.slice(1));
    if (wanted) {
      wanted.open = true;
      wanted.scrollIntoView();
    }
  } catch (error) {
    main.textContent = `The description could not be read: ${error}`;
  }
}

show();
