package import FleetBase

extension Catalogue {
    package static let http = Part(sentences)

    private static let sentences: [Entry] = [
        ("TLS can't be used here", "aquí no se puede usar TLS"),
        (
            "%@ is no certificate in PEM form, or can't be read",
            "%@ no es un certificado en formato PEM, o no se puede leer"
        ),
        (
            "%@ is no private key in PEM form, or can't be read, or not the certificate's",
            "%@ no es una clave privada en formato PEM, o no se puede leer, o no es la del certificado"
        ),
        ("\"%@\" is no IP address", "«%@» no es una dirección IP"),
        ("another program listens on %@ already", "otro programa escucha ya en %@"),
        ("can't listen on %@: %@", "no se puede escuchar en %@: %@"),
        ("the path of a socket has at most %@ bytes: %@", "la ruta de un socket tiene %@ bytes como máximo: %@"),
        ("can't make a socket: %@", "no se puede crear un socket: %@"),
    ]
}
