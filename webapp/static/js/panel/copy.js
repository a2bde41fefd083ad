/** Put a text on the clipboard. */

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether it is there now; a page that is not served securely must ask the old way
 */
export async function copy(text) {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
