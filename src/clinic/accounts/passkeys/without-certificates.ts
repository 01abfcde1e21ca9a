// Takes the place of the packages with which @simplewebauthn/server reads certificates: [alias] in wrangler.toml swaps it
// in. We ask authenticators for no certificates, and those packages would add 70 KB to the Worker.

/** Reads the one ASN.1 value that a passkey still needs: an ECDSA signature, a sequence of the integers r and s. */
export const AsnParser = {
  parse(signature: Uint8Array, shape: unknown): { r: Uint8Array; s: Uint8Array } {
    if (shape !== ECDSASigValue) return refuse()
    const [r, afterR] = readInteger(signature, 2)
    const [s, end] = readInteger(signature, afterR)
    // No signature of ours is so long that its length takes a second byte.
    const isSequence = signature[0] === 0x30 && signature[1] === signature.length - 2
    return isSequence && end === signature.length ? { r, s } : refuse()
  },
}

function readInteger(bytes: Uint8Array, at: number): [integer: Uint8Array, next: number] {
  const start = at + 2
  const end = start + (bytes[at + 1] ?? 0)
  const isInteger = bytes[at] === 0x02 && end > start && end <= bytes.length
  return isInteger ? [bytes.slice(start, end), end] : refuse()
}

function refuse(): never {
  throw new Error('Certificates are not read here.')
}

export class ECDSASigValue {}

// What else is imported, only to read certificates. Nothing may come of it.
class Certificate {
  constructor() {
    refuse()
  }
}

export {
  Certificate,
  Certificate as AuthorityKeyIdentifierExtension,
  Certificate as BasicConstraints,
  Certificate as CRLDistributionPointsExtension,
  Certificate as ECParameters,
  Certificate as ExtendedKeyUsage,
  Certificate as KeyDescription,
  Certificate as OctetString,
  Certificate as RSAPublicKey,
  Certificate as SubjectAlternativeName,
  Certificate as SubjectKeyIdentifierExtension,
  Certificate as X509Certificate,
  Certificate as X509ChainBuilder,
  Certificate as X509Crl,
}

const unknown = 'unknown'

export {
  unknown as id_ce_basicConstraints,
  unknown as id_ce_extKeyUsage,
  unknown as id_ce_keyDescription,
  unknown as id_ce_subjectAltName,
  unknown as id_ecdsaWithSHA256,
  unknown as id_ecdsaWithSHA384,
  unknown as id_ecdsaWithSHA512,
  unknown as id_ecPublicKey,
  unknown as id_ml_dsa_44,
  unknown as id_ml_dsa_65,
  unknown as id_ml_dsa_87,
  unknown as id_rsaEncryption,
  unknown as id_secp256r1,
  unknown as id_secp384r1,
  unknown as id_sha1WithRSAEncryption,
  unknown as id_sha256WithRSAEncryption,
  unknown as id_sha384WithRSAEncryption,
  unknown as id_sha512WithRSAEncryption,
}
