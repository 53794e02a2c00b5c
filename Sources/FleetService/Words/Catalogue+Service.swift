package import FleetBase

extension Catalogue {
    package static let service = Part(sentences)

    private static let sentences: [Entry] = [
        ("%@ has no engine \"%@\"", "%@ no tiene ningún motor «%@»"),
        ("not version %@ of %@: %@", "no tienen la versión %@ de %@: %@"),
        ("fleet push %@ --hosts %@, or leave --no-push out", "fleet push %@ --hosts %@, o quita --no-push"),
        (
            "the engine %@ of %@ can't be built: %@ is not on the PATH",
            "no se puede compilar el motor %@ de %@: %@ no está en el PATH"
        ),
        ("what the hosts have was not written down: %@", "no se ha apuntado lo que tienen los hosts: %@"),
        ("the inventory names no host", "el inventario no nombra ningún host"),
        ("add one: fleet host add NAME ADDRESS", "añade uno: fleet host add NAME ADDRESS"),
    ]
}
