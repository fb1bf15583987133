"""What every card of the smile index says: evidence with its data, and limits in plain words."""

from __future__ import annotations

from typing import Any

RIGHTS = (
    "The package's licence covers the weights. It does not clear the rights of the photographers "
    "and of the people in the training photos."
)
SHARED_FACTS: dict[str, Any] = {
    "says": "probabilities of seven expressions for one face crop; used only as a mean of three",
    "evidence": [
        "Measured before this product was built, on the mean of the three networks.",
        (
            "FER2013 PrivateTest: 7-class accuracy .675, AUC positive/negative .975; smile "
            "against neutral AUC .970, negative against neutral .864."
        ),
        (
            "Independent photos: AUC positive/negative .957; smile against neutral .972, "
            "negative against neutral .716; p(happy) > 0.5: recall .84, precision .94."
        ),
        "A man talking was read as negative: only the smile is used, never a negative score.",
        "Networks A and B learned from other pictures of FER2013: its figures are friendly.",
    ],
    "limits": [
        "It sees whether a face smiles, not whether a person is satisfied.",
        "No Vietnamese faces were in any evaluation.",
        "No evaluation by age, skin tone, sex, disability or facial difference was made.",
        RIGHTS,
    ],
}
FACE_FACTS: dict[str, Any] = {
    "says": "where faces are: 896 anchors with a score, a box and six points",
    "side": 256,
    "channels": 3,
    "evidence": [
        (
            "Measured before this product was built: recall 1.00 for faces of 100 pixels and more, "
            "0.46 at 50 pixels."
        ),
    ],
    "limits": [
        "Tells that there is a face, never whose it is.",
        "No Vietnamese faces were in any evaluation.",
        RIGHTS,
    ],
}
