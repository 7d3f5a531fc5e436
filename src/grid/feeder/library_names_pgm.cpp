// autarky: names of components and attributes, from power-grid-model's own tables.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/library_names.hpp"
#include "grid/feeder/pgm_session.hpp"

namespace autarky::grid {

const std::vector<LibraryComponent>& library_components(std::string_view dataset) {
    const auto read = [](const char* name) {
        const pgm::Session h;
        std::vector<LibraryComponent> out;
        const PGM_MetaDataset* meta = h.checked(PGM_meta_get_dataset_by_name(h, name));
        for (PGM_Idx i = 0; i < PGM_meta_n_components(h, meta); ++i) {
            const PGM_MetaComponent* component = PGM_meta_get_component_by_idx(h, meta, i);
            LibraryComponent& known = out.emplace_back(LibraryComponent{PGM_meta_component_name(h, component), {}});
            for (PGM_Idx k = 0; k < PGM_meta_n_attributes(h, component); ++k) {
                const PGM_MetaAttribute* attribute = PGM_meta_get_attribute_by_idx(h, component, k);
                const PGM_Idx type = PGM_meta_attribute_ctype(h, attribute);
                known.attributes.push_back(
                    {PGM_meta_attribute_name(h, attribute), type == PGM_int32 || type == PGM_int8});
            }
        }
        return out;
    };
    static const std::vector<LibraryComponent> input = read("input"), update = read("update");
    return dataset == "input" ? input : update;
}

} // namespace autarky::grid
