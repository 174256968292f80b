"""All deeds of the registers in one place: organs, powers, numbers, people, parties, vehicles."""

from enforcer.operations.editing import RegisterForm, labels_of, read, wrong_fields
from enforcer.operations.officers import (
    OfficerForm,
    RecorderForm,
    save_officer,
    save_recorder,
)
from enforcer.operations.organs import (
    NumberRuleForm,
    OrganForm,
    PowerSourceForm,
    number_example,
    parts_of,
    pattern_of,
    save_number_rule,
    save_organ,
    save_power_source,
)
from enforcer.operations.parties import (
    GuidanceForm,
    MergeForm,
    PartyForm,
    VehicleForm,
    identified,
    merge_parties,
    save_guidance,
    save_party,
    save_vehicle,
)

__all__ = [
    "GuidanceForm",
    "MergeForm",
    "NumberRuleForm",
    "OfficerForm",
    "OrganForm",
    "PartyForm",
    "PowerSourceForm",
    "RecorderForm",
    "RegisterForm",
    "VehicleForm",
    "identified",
    "labels_of",
    "merge_parties",
    "number_example",
    "parts_of",
    "pattern_of",
    "read",
    "save_guidance",
    "save_number_rule",
    "save_officer",
    "save_organ",
    "save_party",
    "save_power_source",
    "save_recorder",
    "save_vehicle",
    "wrong_fields",
]
