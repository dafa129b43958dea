// The hosted checkout works without this; it fills in test cards and keeps an impatient customer from pressing twice.

const GOOD = { expiry: "12 / 34", cvc: "123", name: "Sam Ortiz", email: "sam@example.com" };

function fill(number) {
  const form = document.querySelector("form[data-pay]");
  for (const [name, value] of Object.entries({ ...GOOD, number })) {
    const field = form?.elements.namedItem(name);
    if (field && (name === "number" || field.value === "")) field.value = value;
  }
  form?.querySelector("button[type=submit]")?.focus();
}

for (const button of document.querySelectorAll("[data-number]"))
  button.addEventListener("click", () => fill(button.dataset.number));

/** The button that was pressed is sent with the form, so it is disabled only afterwards. */
for (const form of document.querySelectorAll("form"))
  form.addEventListener("submit", () =>
    setTimeout(() => {
      for (const button of form.querySelectorAll("button")) button.disabled = true;
      form.setAttribute("aria-busy", "true");
    }),
  );

// A page that comes back from the browser's cache can be used again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) {
    form.removeAttribute("aria-busy");
    for (const button of form.querySelectorAll("button")) button.disabled = false;
  }
});

const number = document.querySelector("#number");
number?.addEventListener("input", () => {
  if (number.selectionStart !== number.value.length) return;
  number.value = number.value
    .replace(/\D/g, "")
    .slice(0, 19)
    .replace(/(.{4})(?=.)/g, "$1 ");
});
