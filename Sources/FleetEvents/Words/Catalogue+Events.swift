package import FleetBase

extension Catalogue {
    package static let events = Part(sentences)

    private static let sentences: [Entry] = [
        (
            "\"%@\" is not the sequence of an event, such as 3f9c12ab-1042",
            "«%@» no es la secuencia de un evento, como 3f9c12ab-1042"
        ),
        (
            "the ledger could not be written to: %@ events are missing here",
            "no se pudo escribir en el registro: aquí faltan %@ eventos"
        ),
    ]
}
