package import FleetBase

extension Catalogue {
    package static let events = Part(sentences)

    private static let sentences: [Entry] = [
        (
            "\"%@\" is not the sequence of an event, such as 3f9c12ab-1042",
            "«%@» no es la secuencia de un suceso, como 3f9c12ab-1042"
        )
    ]
}
