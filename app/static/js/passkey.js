// Signing in with a passkey, or making one. The button is shown only where the browser can.
(() => {
  const { browserSupportsWebAuthn, startAuthentication, startRegistration } = SimpleWebAuthnBrowser;
  if (!browserSupportsWebAuthn()) return;
  const post = async (url, csrf, body) => {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  for (const button of document.querySelectorAll("[data-passkey]")) {
    const { passkey, options, answer, csrf } = button.dataset;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const fault = document.querySelector("[data-passkey-fault]");
      fault.hidden = true;
      try {
        const optionsJSON = await post(options, csrf, {});
        const made = await (passkey === "register" ? startRegistration : startAuthentication)({ optionsJSON });
        location.assign((await post(answer, csrf, made)).next);
      } catch {
        fault.hidden = false;
      }
    });
  }
})();
