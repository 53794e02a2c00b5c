package import FleetBase

extension Catalogue {
    package static let arguments = Part(sentences)

    private static let sentences: [Entry] = [
        ("the list is empty", "la lista está vacía"),
        ("see \"%@ --help\"", "consulta «%@ --help»"),
        ("unknown option \"%@\"", "opción desconocida «%@»"),
        ("unknown option \"%@\", did you mean \"%@\"?", "opción desconocida «%@», ¿querías decir «%@»?"),
        ("unknown subcommand \"%@\"", "subcomando desconocido «%@»"),
        ("unknown subcommand \"%@\", did you mean \"%@\"?", "subcomando desconocido «%@», ¿querías decir «%@»?"),
        ("%@ needs a value", "%@ necesita un valor"),
        ("%@ takes no value", "%@ no admite un valor"),
        ("missing option %@", "falta la opción %@"),
        ("missing argument %@", "falta el argumento %@"),
        (
            "hosts are named by an option: %@ --hosts %@",
            "los hosts se nombran con una opción: %@ --hosts %@"
        ),
        ("unexpected argument \"%@\"", "argumento inesperado «%@»"),
        ("the command to run goes after --: %@ -- %@", "el comando que se ejecuta va después de --: %@ -- %@"),
        ("\"%@\" is not one of %@", "«%@» no es uno de %@"),
        ("\"%@\" is not a whole number", "«%@» no es un número entero"),
        ("\"%@\" is not a number", "«%@» no es un número"),
        ("ABSTRACT", "RESUMEN"),
        ("USAGE", "USO"),
        ("NAME", "NOMBRE"),
        ("SYNOPSIS", "SINOPSIS"),
        ("DESCRIPTION", "DESCRIPCIÓN"),
        ("ARGUMENTS", "ARGUMENTOS"),
        ("OPTIONS", "OPCIONES"),
        ("SUBCOMMANDS", "SUBCOMANDOS"),
        ("EXAMPLES", "EJEMPLOS"),
        ("SEE ALSO", "VÉASE TAMBIÉN"),
        ("%@ SUBCOMMAND", "%@ SUBCOMANDO"),
        ("%@ [SUBCOMMAND], %@ when left out", "%@ [SUBCOMANDO], %@ si se omite"),
        ("show the version", "muestra la versión"),
        ("%@ [options]", "%@ [opciones]"),
        ("%@ [options] %@", "%@ [opciones] %@"),
        ("show this help", "muestra esta ayuda"),
        ("default: %@", "por omisión: %@"),
        ("else from %@", "si no, de %@"),
        ("also %@", "también %@"),
    ]
}
