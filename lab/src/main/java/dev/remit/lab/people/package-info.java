/**
 * The OIDC issuers that vouch for people: one for the MSP, one for each client company, each with
 * keys, accounts and a client of its own, and each vouching for its own organisation only. Beside
 * their proper work they sign in whom a script names, change groups under a signed-in person, and
 * make id tokens that are wrong on purpose.
 *
 * <p>Issuer of organisation {@code O} is {@code http://127.0.0.1:PORT/O}; {@code lab.json} has all
 * of them under {@code people}. To sign in: {@code GET /O/authorize} with {@code
 * response_type=code}, {@code client_id}, {@code redirect_uri} (registered, exactly), {@code
 * scope=openid}, {@code state}, {@code nonce}, {@code code_challenge} and {@code
 * code_challenge_method=S256}; the page that comes is a form with the hidden field {@code request}
 * and one button {@code person} for each account; its {@code POST /O/login} leads to the redirect
 * URI with {@code code}, {@code state} and {@code iss}; {@code POST /O/token} takes the code once,
 * within a minute, with {@code code_verifier} and the client's secret.
 */
@NullMarked
package dev.remit.lab.people;

import org.jspecify.annotations.NullMarked;
