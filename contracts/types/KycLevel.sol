// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Depth of an identity check (seed §2.1), ordered: a higher value includes the lower ones.
enum KycLevel {
    None,
    Basic,
    Enhanced,
    Institutional
}
