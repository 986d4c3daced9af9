"""Croissant metadata (JSON-LD) of a saved company, made from its Frictionless description."""

__all__ = ["croissant"]

_TERMS = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty",
    "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5",
    "parentField", "path", "recordSet", "references", "regex", "repeated", "replace",
    "samplingRate", "separator",
    "source", "subField", "transform",
)  # fmt: skip

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "dct": "http://purl.org/dc/terms/",
    "sc": "https://schema.org/",
    **{term: f"cr:{term}" for term in _TERMS},
}

_TYPES = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "string": "sc:Text",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
}


def croissant(package):
    """Describe a saved company in Croissant 1.0.

    Parameters
    ----------
    package : dict
        The content of its ``datapackage.json``.

    Returns
    -------
    dict
        The content of ``croissant.json``.
    """
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": package["name"],
        "description": package["description"],
        "license": package["licenses"][0]["path"],
        "creator": {"@type": "sc:Organization", "name": package["contributors"][0]["title"]},
        "citeAs": f"{package['title']}, version {package['version']}. The ckmlab developers.",
        "datePublished": package["created"][:10],
        "url": package["homepage"],
        "version": package["version"],
        "keywords": package["keywords"],
        "distribution": [_file(resource) for resource in package["resources"]],
        "recordSet": [_records(resource) for resource in package["resources"]],
    }


def _file(resource):
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "contentUrl": resource["path"],
        "encodingFormat": resource["mediatype"],
        "contentSize": f"{resource['bytes']} B",
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _records(resource):
    table, schema = resource["name"], resource["schema"]
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "key": [{"@id": f"{table}/{column}"} for column in schema.get("primaryKey", [])],
        "field": [_field(resource, field) for field in schema["fields"]],
    }


def _field(resource, field):
    name = field["name"]
    # Foreign keys stand in the Frictionless description; here they would make readers join tables.
    return {
        "@type": "cr:Field",
        "@id": f"{resource['name']}/{name}",
        "name": name,
        "description": field["description"],
        "dataType": _TYPES[field["type"]],
        "source": {"fileObject": {"@id": resource["path"]}, "extract": {"column": name}},
    }
