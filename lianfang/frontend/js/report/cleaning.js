// Takes out of files what they say of place, machine and author, before they are sealed.
// lianfang/portal/rules/cleaning.py blanks PDFs in the same way.
const PACKET = /<x:xmpmeta[\s\S]*?<\/x:xmpmeta>|<rdf:RDF[\s\S]*?<\/rdf:RDF>/g;
const INFO = /\/Info\s+(\d+)\s+(\d+)\s+R/g;
const VALUE =
  /\/(?:Title|Author|Subject|Keywords|Creator|Producer|CreationDate|ModDate|Company|Manager)\s*(\((?:\\[\s\S]|[^\\()])*\)|<[0-9A-Fa-f\s]*>)/g;
const OFFICE = /\.(doc|docx|docm|xls|xlsx|xlsm|ppt|pptx|wps|et|dps|odt|ods)$/i;
const DRAWN = { "image/jpeg": "image/jpeg", "image/png": "image/png", "image/webp": "image/webp" };
const QUALITY = 0.9;

const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());

// Every byte is one character, so that places in the text are places in the bytes.
function textOf(content) {
  let text = "";
  for (let at = 0; at < content.length; at += 8192) {
    text += String.fromCharCode(...content.subarray(at, at + 8192));
  }
  return text;
}

export function cleanedPdf(content) {
  const text = textOf(content);
  const found = content.slice();
  const blank = (begin, end) => found.fill(0x20, begin, end);
  const packets = [...text.matchAll(PACKET)];
  for (const packet of packets) blank(packet.index, packet.index + packet[0].length);
  let whole = !text.includes("/Encrypt");
  for (const [, number, generation] of text.matchAll(INFO)) {
    const object = new RegExp(`(?<!\\d)${number}\\s+${generation}\\s+obj\\b([\\s\\S]*?)endobj`, "g");
    const places = [...text.matchAll(object)];
    whole &&= places.length > 0;
    for (const place of places) {
      const begin = place.index + place[0].indexOf("obj");
      for (const value of text.slice(begin, place.index + place[0].length).matchAll(VALUE)) {
        const end = begin + value.index + value[0].length;
        blank(end - value[1].length + 1, end - 1);
      }
    }
  }
  if (/\/Type\s*\/Metadata/.test(text) && !packets.length) whole = false;
  return { content: found, whole };
}

async function drawnAnew(file) {
  const picture = await createImageBitmap(file);
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d").drawImage(picture, 0, 0);
  picture.close();
  const type = DRAWN[file.type];
  const drawn = await new Promise((done) => canvas.toBlob(done, type, QUALITY));
  if (!drawn) throw new Error("This picture could not be drawn anew");
  return { content: await bytesOf(drawn), type: drawn.type };
}

// `said` is the name of the words that tell what was done.
export async function cleaned(file) {
  const kept = { name: file.name, type: file.type };
  if (file.type === "application/pdf" || /\.pdf$/i.test(file.name)) {
    const { content, whole } = cleanedPdf(await bytesOf(file));
    return { ...kept, content, said: whole ? "cleaned" : "unclean" };
  }
  if (file.type.startsWith("image/")) {
    try {
      if (DRAWN[file.type]) return { ...kept, ...(await drawnAnew(file)), said: "cleaned" };
    } catch {
      // a picture this browser can't read: said below
    }
    return { ...kept, content: await bytesOf(file), said: "unclean" };
  }
  const said = OFFICE.test(file.name) ? "office" : "plain";
  return { ...kept, content: await bytesOf(file), said };
}
