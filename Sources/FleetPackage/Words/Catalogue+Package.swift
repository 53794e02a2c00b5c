package import FleetBase

extension Catalogue {
    package static let `package` = Part(sentences)

    private static let sentences: [Entry] = [
        ("%@ changed while it was being packed", "%@ cambió mientras se empaquetaba"),
        (
            "wait until nothing writes to it, then pack again",
            "espera a que nadie escriba en él y vuelve a empaquetar"
        ),
        ("%@ is neither a file nor a link", "%@ no es ni un archivo ni un enlace"),
        (
            "%@: a file name that is not UTF-8 can't be packed",
            "%@: no se puede empaquetar un nombre de archivo que no es UTF-8"
        ),
        (
            "%@: a file name with control characters can't be packed",
            "%@: no se puede empaquetar un nombre de archivo con caracteres de control"
        ),
        (
            "%@ is a link to %@, a name that is not UTF-8",
            "%@ es un enlace a %@, un nombre que no es UTF-8"
        ),
        ("%@ is a link that leads out of %@", "%@ es un enlace que lleva fuera de %@"),
        ("archive: it was not unpacked after %@ s", "comprimido: sin desempaquetar después de %@ s"),
        ("its path leads out of the job's folder", "su ruta lleva fuera de la carpeta del trabajo"),
        ("a link that leads out of the job's folder", "un enlace que lleva fuera de la carpeta del trabajo"),
        ("neither a file, a folder nor a link", "no es ni un archivo, ni una carpeta, ni un enlace"),
        ("something else has that name already", "otra cosa tiene ya ese nombre"),
        ("its path is too long or too deep", "su ruta es demasiado larga o profunda"),
        ("more than the results may have in all", "más de lo que pueden ocupar los resultados en total"),
        ("more files than the results may have", "más archivos de los que pueden tener los resultados"),
        (
            "%@ is a link to \"%@\", which is not a path inside its folder",
            "%@ es un enlace a «%@», que no es una ruta dentro de su carpeta"
        ),
        (
            "%@: a backslash in a file name can't be packed",
            "%@: no se puede empaquetar un nombre de archivo con barra invertida"
        ),
        ("%@ is a name that fleet keeps for itself", "%@ es un nombre que fleet se reserva"),
        ("%@ is listed twice", "%@ aparece dos veces"),
        ("the manifest can't be read: %@", "no se puede leer el manifiesto: %@"),
        ("archive: %@", "comprimido: %@"),
        ("archive: it ends before its end mark", "comprimido: termina antes de su marca de fin"),
        ("archive: %@ is longer than it says", "comprimido: %@ es más largo de lo que dice"),
        ("%@: the list of its chunks makes no sense", "%@: la lista de sus fragmentos no tiene sentido"),
        ("the signature is for \"%@\", not for \"%@\"", "la firma es para «%@», no para «%@»"),
        ("the signature is not of an Ed25519 key", "la firma no es de una clave Ed25519"),
        ("the signature's hash is %@, not %@", "el resumen de la firma es %@, no %@"),
        ("the signature is damaged", "la firma está dañada"),
        ("sign the package again", "firma el paquete otra vez"),
        ("the key %@ did not make a valid signature", "la clave %@ no produjo una firma válida"),
        ("the image's base can't be read: %@", "no se puede leer la base de la imagen: %@"),
        (
            "from: takes a folder or a tar of a root file system, docker save, podman save, an OCI layout",
            "from: admite una carpeta o un tar de un sistema raíz, docker save, podman save o un layout OCI"
        ),
        (
            "its layers are not those that its configuration names",
            "sus capas no son las que nombra su configuración"
        ),
        ("%@ is not a file in it", "%@ no es un archivo suyo"),
        ("its manifest.json is none of docker's", "su manifest.json no es de docker"),
        ("it holds %@ images, not one", "contiene %@ imágenes, no una"),
        ("its index.json leads to no image", "su index.json no lleva a ninguna imagen"),
        ("it holds no image for %@", "no contiene ninguna imagen para %@"),
        ("a digest in it is not SHA-256", "hay un resumen que no es SHA-256"),
        ("%@ in it is not JSON", "su %@ no es JSON"),
    ]
}
