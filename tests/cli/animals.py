"""A small labelled set: where animals live."""

ANIMALS = "otter heron badger falcon lizard salmon beetle marten".split()
INDEX = "".join(
    f"{animal}\t{phrasing.format(animal)}\n"
    for animal in ANIMALS
    for phrasing in (
        "where does the {} live",
        "in what kind of place is the {} at home",
        "the home of the {}",
        "the {} and where it is found",
    )
)
QUERIES = "".join(f"{animal}\twhich places does the {animal} live in\n" for animal in ANIMALS)
