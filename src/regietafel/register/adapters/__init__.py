"""The outside of the register: papers that people upload."""
