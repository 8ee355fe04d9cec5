// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Managed} from "../libraries/Managed.sol";
import {IInsuranceFund} from "../slashing/IInsuranceFund.sol";

/// @notice An insurance fund that reads its caps one slot further on: what a rehearsal of the upgrade must notice.
contract MovedSlots__Mock is Managed {
    struct Storage {
        mapping(uint256 caseId => bool) compensated;
        IInsuranceFund.Caps caps;
    }

    bytes32 private constant STORAGE_SLOT = 0x353660955d5a4cd660e3c41f081b05dc6c1a3d7dc581bae2645455c495717600;

    function caps() external view returns (IInsuranceFund.Caps memory) {
        Storage storage $;
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
        return $.caps;
    }
}
