"use strict";
// Signs answers with the reader's authenticator and sends them; registers and removes keys.
// Web Authentication Level 2, sections 5.1.3 and 5.1.4.
(() => {
  const bytes = (text) => {
    const plain = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    let plain = "";
    for (const byte of new Uint8Array(buffer)) plain += String.fromCharCode(byte);
    return window.btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const csrf = () => {
    const meta = document.querySelector('meta[name="remit-csrf"]');
    return meta ? meta.content : "";
  };

  // Answers what came, or throws an error whose words are for the reader.
  const send = async (method, path, body) => {
    const response = await window.fetch(path, {
      method,
      credentials: "same-origin",
      redirect: "error",
      headers: { "Content-Type": "application/json", "X-Remit-Csrf": csrf() },
      body: body === undefined ? undefined : JSON.stringify(body),
    }).catch(() => { throw new Error("the server is away; nothing was answered"); });
    const told = await response.json().catch(() => ({}));
    if (response.status === 401) throw new Error("your session is over; sign in again");
    if (!response.ok) throw new Error(told.detail || `the server refused (${response.status})`);
    return told;
  };

  const inWords = (error) => {
    switch (error.name) {
      case "NotAllowedError": return "your passkey did not sign; nothing was sent. Try again, or use another key.";
      case "SecurityError": return "this address cannot use passkeys; open the console by its proper name.";
      case "InvalidStateError": return "this authenticator is registered already.";
      case "AbortError": return "the signing was broken off; nothing was sent.";
      default: return error.message || "something went wrong; nothing was sent.";
    }
  };

  const sign = async (challenge, keys) => {
    if (!navigator.credentials || !window.PublicKeyCredential) {
      throw new Error("this browser has no passkeys; use one that has");
    }
    const credential = await navigator.credentials.get({
      publicKey: {
        challenge: bytes(challenge),
        allowCredentials: keys.map((id) => ({ type: "public-key", id: bytes(id) })),
        userVerification: "required",
        timeout: 120000,
      },
    });
    return {
      credentialId: text(credential.rawId),
      clientDataJson: text(credential.response.clientDataJSON),
      authenticatorData: text(credential.response.authenticatorData),
      signature: text(credential.response.signature),
    };
  };

  const answer = async (element, verdict, reason) => {
    const challenge = verdict === "GRANT" ? element.dataset.grant : element.dataset.refuse;
    const assertion = await sign(challenge, element.dataset.keys.split(" ").filter(Boolean));
    return send("POST", element.dataset.answer, {
      verdict: verdict.toLowerCase(),
      ...(reason === "" ? {} : { reason }),
      assertion,
    });
  };

  const busy = (form, is) => {
    form.dataset.busy = is ? "yes" : "";
    for (const button of form.querySelectorAll("button")) button.disabled = is;
    form.setAttribute("aria-busy", String(is));
  };

  const onAnswer = async (form, verdict) => {
    const error = form.querySelector("#answer-error");
    const field = form.querySelector("#reason");
    const reason = field.value.trim();
    error.textContent = "";
    field.removeAttribute("aria-invalid");
    if (verdict === "REFUSE" && reason === "") {
      error.textContent = "Say why you refuse, so that the requester knows.";
      field.setAttribute("aria-invalid", "true");
      field.focus();
      return;
    }
    busy(form, true);
    let done = 0;
    try {
      await answer(form, verdict, reason);
      done = 1;
      for (const also of form.querySelectorAll('input[name="also"]:checked')) {
        await answer(also, verdict, reason);
        done += 1;
        also.checked = false;
        also.disabled = true;
      }
      window.location.reload();
    } catch (problem) {
      busy(form, false);
      error.textContent = (done > 0 ? `${done} answered, then: ` : "") + inWords(problem);
      error.scrollIntoView({ block: "nearest" });
    }
  };

  const onWithdraw = async (form) => {
    const error = form.querySelector("#withdraw-error");
    error.textContent = "";
    busy(form, true);
    try {
      await send("POST", form.dataset.withdraw, { reason: form.querySelector("#withdraw-reason").value.trim() });
      window.location.reload();
    } catch (problem) {
      busy(form, false);
      error.textContent = inWords(problem);
    }
  };

  // Signs one verdict over the ticked effects, in the order in which they are shown.
  const onCertify = async (form, verdict) => {
    const error = form.querySelector("#certify-error");
    const reason = form.querySelector("#reason").value.trim();
    const calls = [...form.querySelectorAll('input[name="call"]:checked')].map((box) => box.value);
    error.textContent = "";
    if (calls.length === 0) {
      error.textContent = "Tick the effects that you looked at.";
      return;
    }
    if (verdict === "object" && reason === "") {
      error.textContent = "Say why you object.";
      form.querySelector("#reason").focus();
      return;
    }
    busy(form, true);
    try {
      const asked = await send("POST", form.dataset.certify + "/challenge", { verdict, calls });
      const assertion = await sign(asked.challenge, asked.keys);
      await send("POST", form.dataset.certify + "/certify", {
        verdict,
        calls,
        ...(reason === "" ? {} : { reason }),
        assertion,
      });
      window.location.reload();
    } catch (problem) {
      busy(form, false);
      error.textContent = inWords(problem);
      error.scrollIntoView({ block: "nearest" });
    }
  };

  // The owner signs what the page shows: boundaries that changed meanwhile are not signed.
  const onCertifyAgent = async (form) => {
    const error = form.querySelector(".error");
    error.textContent = "";
    busy(form, true);
    try {
      const asked = await send("POST", form.dataset.certifyAgent + "/challenge");
      if (asked.digest !== form.dataset.digest) throw new Error("it has changed meanwhile; load the page again");
      const assertion = await sign(asked.challenge, asked.keys);
      await send("POST", form.dataset.certifyAgent + "/certify", { assertion });
      window.location.reload();
    } catch (problem) {
      busy(form, false);
      error.textContent = inWords(problem);
      error.scrollIntoView({ block: "nearest" });
    }
  };

  const onPromote = async (form) => {
    const error = form.querySelector(".error");
    error.textContent = "";
    busy(form, true);
    try {
      await send("POST", form.dataset.promote, {
        agentClass: form.dataset.agent,
        taskClass: form.dataset.class,
        reason: form.querySelector("textarea").value.trim(),
      });
      window.remitSay("people are asked; the request is in their inbox");
      form.querySelector("details").open = false;
    } catch (problem) {
      error.textContent = inWords(problem);
    }
    busy(form, false);
  };

  const onRegister = async (form) => {
    const error = form.querySelector("#key-error");
    error.textContent = "";
    busy(form, true);
    try {
      if (!navigator.credentials || !window.PublicKeyCredential) {
        throw new Error("this browser has no passkeys; use one that has");
      }
      const told = await send("POST", "/v1/keys/options", {});
      const options = { ...told, challenge: bytes(told.challenge) };
      options.user = { ...told.user, id: bytes(told.user.id) };
      options.excludeCredentials = (told.excludeCredentials || []).map((key) => ({ ...key, id: bytes(key.id) }));
      const credential = await navigator.credentials.create({ publicKey: options });
      const code = form.querySelector("#code");
      const made = await send("POST", code ? "/v1/keys/first" : "/v1/keys", {
        ...(code ? { code: code.value.trim() } : {}),
        label: form.querySelector("#label").value.trim(),
        challenge: told.challenge,
        attestation: {
          clientDataJson: text(credential.response.clientDataJSON),
          attestationObject: text(credential.response.attestationObject),
        },
      });
      if (made.waitsFor) window.remitSay("somebody else has to answer first; the request is in their inbox");
      window.setTimeout(() => window.location.reload(), made.waitsFor ? 4000 : 0);
    } catch (problem) {
      busy(form, false);
      error.textContent = inWords(problem);
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.dataset.answer) {
      event.preventDefault();
      if (event.submitter && event.submitter.value) onAnswer(form, event.submitter.value);
    } else if (form.dataset.withdraw) {
      event.preventDefault();
      onWithdraw(form);
    } else if (form.dataset.certify) {
      event.preventDefault();
      if (event.submitter && event.submitter.value) onCertify(form, event.submitter.value);
    } else if (form.dataset.certifyAgent) {
      event.preventDefault();
      onCertifyAgent(form);
    } else if (form.dataset.promote) {
      event.preventDefault();
      onPromote(form);
    } else if (form.id === "register") {
      event.preventDefault();
      onRegister(form);
    }
  });

  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-key-remove]") : null;
    if (!button) return;
    if (button.dataset.sure !== "yes") {
      button.dataset.sure = "yes";
      button.textContent = "Press again to remove";
      return;
    }
    try {
      await send("POST", "/v1/keys/remove", { credentialId: button.dataset.keyRemove });
      window.location.reload();
    } catch (problem) {
      window.remitSay(inWords(problem));
    }
  });
})();
