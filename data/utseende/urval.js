(() => {
  const table = document.querySelector(".urval table");
  const rows = [...table.querySelectorAll("tbody tr")];
  const textOf = (row, heading) => row.querySelector('[data-rubrik="' + heading + '"]').textContent;
  const form = document.createElement("form");
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const choices = table.closest(".urval").dataset.val.split("|").map((heading) => {
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.setAttribute("style", "font: inherit; max-width: 100%");
    const values = [...new Set(rows.map((row) => textOf(row, heading)))].sort((a, b) => a.localeCompare(b, "sv", { numeric: true }));
    for (const value of ["", ...values]) {
      const option = document.createElement("option");
      option.setAttribute("value", value);
      option.textContent = value === "" ? "alla" : value;
      select.append(option);
    }
    label.append(heading + " ", select);
    form.append(label, " ");
    return { heading, select };
  });
  form.addEventListener("change", () => {
    const isShown = (row) => choices.every(({ heading, select }) => select.value === "" || select.value === textOf(row, heading));
    for (const row of rows) row.style.display = isShown(row) ? "" : "none";
    said.textContent = rows.filter(isShown).length + " av " + rows.length + " rader visas.";
  });
  table.before(form, said);
})();
