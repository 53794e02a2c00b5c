package import FleetBase

extension Catalogue {
    package static let http = Part(sentences)

    private static let sentences: [Entry] = [
        ("TLS can't be used here", "aquí no se puede usar TLS"),
        ("%@ is no certificate in PEM form", "%@ no es un certificado en formato PEM"),
        ("%@ is no private key in PEM form", "%@ no es una clave privada en formato PEM"),
        (
            "the key in %@ is not the one of the certificate in %@",
            "la clave de %@ no es la del certificado de %@"
        ),
        ("\"%@\" is no IP address", "«%@» no es una dirección IP"),
        ("another program listens on %@ already", "otro programa escucha ya en %@"),
        ("can't listen on %@: %@", "no se puede escuchar en %@: %@"),
        ("the path of a socket has at most %@ bytes: %@", "la ruta de un socket tiene %@ bytes como máximo: %@"),
        ("can't make a socket: %@", "no se puede crear un socket: %@"),
    ]
}
