"""Headlines and sentences of our own, all made up: they guard the figures where real data is absent."""

from benchmarks.stories.reading import Sentences

_HEADLINES = """
Raad van Dalveen stemt na lang debat in met opvang in het oude klooster
Zwembad gaat een maand dicht omdat de pompen zijn versleten
Buurtbus rijdt voortaan ook op zondagavond naar het station
Kanaal blijft tot de zomer gesloten voor plezierboten
Bakker op de hoek stopt na veertig jaar met vroeg opstaan
School krijgt drie lokalen erbij vanwege groei van de wijk
Wolf loopt overdag langs de speeltuin van Oostermaat
Boeren leggen bloemenranden aan voor de patrijs
Wethouder belooft minder drempels in de dorpskern
Muziekvereniging zoekt dringend slagwerkers en een dirigent
Honderd bomen gaan om voor een bredere fietsroute
Brug over de beek zakt weg na dagen met veel regen
Supermarkt wil nachtelijke bevoorrading en buren zijn boos
Kerkklok luidt te vroeg en niemand weet waarom
Jongeren bouwen zelf een skatebaan achter de sporthal
Energiebedrijf legt warmtenet aan onder de Lindelaan
Museum toont voor het eerst de vondsten uit de grafheuvel
Vrijwilligers ruimen duizend kilo afval uit het bos
Huisarts neemt geen nieuwe patiënten meer aan tot september
Ziekenhuis proeft nieuwe manier om wachttijd te verkorten
Bewoners van de Veldkamp krijgen nachtopvang naast de deur
Gemeente koopt het leegstaande postkantoor voor een wijkhuis
Fietsersbond telt meer ongelukken op de rotonde bij het viaduct
Kermis verhuist van het plein naar de rand van het dorp
Windmolens op de es krijgen rode lampen die minder knipperen
Voetbalclub speelt op kunstgras dat van kurk is gemaakt
Dorpswinkel draait voortaan zonder kassamedewerkers
Waterschap verhoogt dijk en neemt stuk van moestuinen in
Treinreizigers stappen door storing massaal over op de taxi
Theater opent het seizoen met een opera over turfstekers
Politie vindt gestolen beelden terug in een sloot
Nieuwe bewoners planten samen met de buren een boomgaard
Ooievaars broeden op de schoorsteen van de melkfabriek
Veiling van oude trams trekt kopers uit heel Europa
Leerlingen koken elke vrijdag voor ouderen in de flat
Gasleiding geraakt bij werk aan riool en straat ontruimd
Ondernemers willen gratis parkeren op koopavonden terug
Schapen houden het gras kort op het oude vliegveld
Inspectie keurt speeltoestellen in vier parken af
Burgemeester praat met omwonenden over het tijdelijke paviljoen
Bibliotheek leent voortaan ook boormachines en partytenten uit
Drukte op het strandje leidt tot inzet van extra toezicht
Kunstenaar beschildert elektriciteitshuisjes met weidevogels
Wijkagent opent spreekuur in de kantine van de tennisclub
Fabriek van pannendeksels schrapt een kwart van het personeel
Vleermuizen vertragen de sloop van het belastingkantoor
Statushouders leren lassen in de werkplaats van de techniekschool
Carnavalsoptocht gaat niet door vanwege harde windstoten
Dorpsraad vraagt om een oversteek bij de nieuwe huizen
Rechter geeft eigenaar van de haan gelijk in burenruzie
""".strip().splitlines()
_SENTENCES = """
De gemeente zegt dat zij de komende weken met iedereen in gesprek blijft over de gevolgen voor de omgeving.
Volgens een woordvoerder is het plan al in het voorjaar besproken met de mensen die er het dichtst bij wonen.
In de begroting is hiervoor geld gereserveerd, maar het is nog niet zeker of dat bedrag genoeg zal zijn.
Omwonenden hebben zich verenigd en verzamelen handtekeningen om hun zorgen kracht bij te zetten.
Wie vragen heeft, kan op werkdagen terecht bij de balie van het gemeentehuis of een bericht sturen.
De provincie moet er later dit jaar nog een oordeel over geven en dat kan enkele maanden duren.
Eerder werd een vergelijkbaar voorstel afgewezen omdat er te weinig bekend was over de kosten.
Een onafhankelijk bureau onderzoekt wat dit betekent voor het verkeer en de veiligheid in de straat.
De initiatiefnemers hopen dat er voor het einde van het jaar een eerste resultaat te zien is.
Niet iedereen is tevreden, want een deel van de buurt had liever gezien dat alles bleef zoals het was.
Het college neemt in de loop van het kwartaal een besluit en legt dat daarna voor aan de raad.
Op de informatieavond kwamen meer mensen af dan verwacht, zodat er stoelen uit de kelder werden gehaald.
""".strip().splitlines()


def own() -> Sentences:
    """Give what we wrote ourselves."""
    return Sentences(tuple(_HEADLINES), tuple(_SENTENCES))
