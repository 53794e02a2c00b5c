extension Catalogue {
    package static let base = Part(sentences)

    private static let sentences: [Entry] = [
        ("an earlier check failed", "falló una comprobación anterior"),
        ("can't read the input: %@", "no se puede leer la entrada: %@"),
        (
            "\"%@\" is not a host name: use letters, digits, \".\", \"_\" and \"-\", 64 at most",
            "«%@» no es un nombre de host: usa letras, dígitos, «.», «_» y «-», 64 como máximo"
        ),
        ("\"%@\" is not a port (1 to 65535)", "«%@» no es un puerto (1 a 65535)"),
        ("\"%@\" is not a SHA-256 digest", "«%@» no es un resumen SHA-256"),
        (
            "\"%@\" is not a relative path inside the package",
            "«%@» no es una ruta relativa dentro del paquete"
        ),
        ("\"%@\" is not a size such as 512M", "«%@» no es un tamaño como 512M"),
        ("\"%@\" is not a duration such as 90s or 10m", "«%@» no es una duración como 90s o 10m"),
        (
            "\"%@\" is no time limit: it must be more than 0, such as 90s or 30d",
            "«%@» no es un límite de tiempo: tiene que ser más que 0, por ejemplo 90s o 30d"
        ),
        (
            "\"%@\" is not a time such as 2026-11-21T15:30:12Z",
            "«%@» no es una hora como 2026-11-21T15:30:12Z"
        ),
        ("can't read %@: %@", "no se puede leer %@: %@"),
        ("can't write %@: %@", "no se puede escribir %@: %@"),
        ("is the file there, and may you read it?", "¿está ahí el archivo, y tienes permiso para leerlo?"),
        ("this machine can't start another process", "esta máquina no puede arrancar otro proceso"),
        ("no pipes left: %@", "no quedan tuberías: %@"),
        ("the command does not exist any more", "el comando ya no existe"),
        ("cancelled", "cancelada"),
        ("Permission denied", "permiso denegado"),
        ("Operation not permitted", "operación no permitida"),
        ("No such file or directory", "no existe el archivo o la carpeta"),
        ("Not a directory", "no es una carpeta"),
        ("Is a directory", "es una carpeta"),
        ("File exists", "el archivo ya existe"),
        ("No space left on device", "no queda espacio en el disco"),
        ("Disk quota exceeded", "se superó la cuota de disco"),
        ("Read-only file system", "sistema de archivos de solo lectura"),
        ("Too many open files", "demasiados archivos abiertos"),
        ("File name too long", "nombre de archivo demasiado largo"),
        ("Input/output error", "error de entrada o salida"),
        ("Cannot assign requested address", "esa dirección no es de esta máquina"),
        ("Address already in use", "la dirección ya está en uso"),
        ("Network is unreachable", "no se llega a esa red"),
        ("No route to host", "no hay ruta al host"),
        ("no answer in time", "sin respuesta a tiempo"),
        ("%@: %@", "%@: %@"),
        ("one of: %@", "uno de: %@"),
        ("wait for it to end, then try again", "espera a que termine y vuelve a intentarlo"),
        ("host", "host"),
        ("package", "paquete"),
        ("task", "tarea"),
        ("engine", "motor"),
        ("command", "comando"),
    ]
}
