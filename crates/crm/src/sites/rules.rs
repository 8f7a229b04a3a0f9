//! What always holds of a site.

use base::Refusal;
use meta::Change;
use meta::entity::Rule;
use meta::value::primary_address;

use super::*;

pub(super) static ALL: &[Rule] = &[a_site_without_a_name_is_called_by_its_town];

/// It follows the town as long as nobody gives another name; where there is no town, it is the party's title.
fn a_site_without_a_name_is_called_by_its_town(change: &mut Change) -> Result<(), Refusal> {
    let name = change.get(&NAME);
    let was = place(&change.old(&ADDRESS));
    if name.is_empty() || (!change.is_new() && !change.changed(&NAME) && Some(&name) == was.as_ref()) {
        let party = change.get(&PARTY).map_or("", |party| change.title_of(party)).to_owned();
        let place = place(&change.get(&ADDRESS));
        change.set(&NAME, place.unwrap_or(party));
    }
    Ok(())
}

fn place(addresses: &[Address]) -> Option<String> {
    let address = primary_address(addresses)?;
    [&address.town, &address.street].into_iter().find(|part| !part.is_empty()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::World;

    fn at(town: &str) -> Vec<Address> {
        vec![Address { town: town.to_owned(), primary: true, ..Address::default() }]
    }

    #[test]
    fn a_name_nobody_gave_follows_the_town() {
        let world = World::new();
        let mut new = world.new_record(&SITE);
        new.set(&ADDRESS, at("Zogno"));
        a_site_without_a_name_is_called_by_its_town(&mut new).unwrap();
        assert_eq!(new.get(&NAME), "Zogno");
        let before = World::saved(&new);
        let mut moved = world.change(&SITE, &before);
        moved.set(&ADDRESS, at("Lecco"));
        a_site_without_a_name_is_called_by_its_town(&mut moved).unwrap();
        assert_eq!(moved.get(&NAME), "Lecco");
    }

    #[test]
    fn a_name_that_was_given_stays() {
        let world = World::new();
        let mut change = world.new_record(&SITE);
        change.set(&NAME, "Cancello 2".to_owned());
        change.set(&ADDRESS, at("Zogno"));
        a_site_without_a_name_is_called_by_its_town(&mut change).unwrap();
        assert_eq!(change.get(&NAME), "Cancello 2");
    }

    #[test]
    fn a_site_without_an_address_is_called_as_its_party() {
        let world = World::new();
        let mut change = world.new_record(&SITE);
        change.set(&PARTY, Some(World::BRAMBATI));
        a_site_without_a_name_is_called_by_its_town(&mut change).unwrap();
        assert_eq!(change.get(&NAME), "Carpenteria Brambati S.r.l.");
    }
}
