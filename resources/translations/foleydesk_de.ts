<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>Action</name>
  <message>
   <source>A frame back</source>
   <translation>Ein Bild zurück</translation>
  </message>
  <message>
   <source>A frame on</source>
   <translation>Ein Bild vor</translation>
  </message>
  <message>
   <source>About Foleydesk</source>
   <translation>Über Foleydesk</translation>
  </message>
  <message>
   <source>Add track</source>
   <translation>Spur hinzufügen</translation>
  </message>
  <message>
   <source>Cancel what is running</source>
   <translation>Laufendes abbrechen</translation>
  </message>
  <message>
   <source>Candidate to the trash</source>
   <translation>Kandidat in den Papierkorb</translation>
  </message>
  <message>
   <source>Cannot tell: tie</source>
   <translation>Kein Unterschied: unentschieden</translation>
  </message>
  <message>
   <source>Choose all clips</source>
   <translation>Alle Clips auswählen</translation>
  </message>
  <message>
   <source>Clear selection or marks</source>
   <translation>Auswahl oder Marken löschen</translation>
  </message>
  <message>
   <source>Clear the reference sound</source>
   <translation>Vergleichsklang entfernen</translation>
  </message>
  <message>
   <source>Clip 1 dB louder</source>
   <translation>Clip 1 dB lauter</translation>
  </message>
  <message>
   <source>Clip 1 dB softer</source>
   <translation>Clip 1 dB leiser</translation>
  </message>
  <message>
   <source>Clip 1 ms earlier</source>
   <translation>Clip 1 ms früher</translation>
  </message>
  <message>
   <source>Clip 1 ms later</source>
   <translation>Clip 1 ms später</translation>
  </message>
  <message>
   <source>Clip a frame earlier</source>
   <translation>Clip ein Bild früher</translation>
  </message>
  <message>
   <source>Clip a frame later</source>
   <translation>Clip ein Bild später</translation>
  </message>
  <message>
   <source>Clip at its own gain</source>
   <translation>Clip in eigener Lautstärke</translation>
  </message>
  <message>
   <source>Clip ends at the playhead</source>
   <translation>Clip endet am Abspielkopf</translation>
  </message>
  <message>
   <source>Clip starts at the playhead</source>
   <translation>Clip beginnt am Abspielkopf</translation>
  </message>
  <message>
   <source>Compare blind</source>
   <translation>Blind vergleichen</translation>
  </message>
  <message>
   <source>Copy clips</source>
   <translation>Clips kopieren</translation>
  </message>
  <message>
   <source>Cue from marks</source>
   <translation>Cue aus den Marken</translation>
  </message>
  <message>
   <source>Cut clips</source>
   <translation>Clips ausschneiden</translation>
  </message>
  <message>
   <source>Dark or light</source>
   <translation>Dunkel oder hell</translation>
  </message>
  <message>
   <source>Deliver …</source>
   <translation>Ausliefern …</translation>
  </message>
  <message>
   <source>Duplicate clips</source>
   <translation>Clips verdoppeln</translation>
  </message>
  <message>
   <source>Earlier candidates</source>
   <translation>Frühere Kandidaten</translation>
  </message>
  <message>
   <source>Export mix (WAV) …</source>
   <translation>Mischung ausgeben (WAV) …</translation>
  </message>
  <message>
   <source>Export video (MP4) …</source>
   <translation>Video ausgeben (MP4) …</translation>
  </message>
  <message>
   <source>Fade in up to the playhead</source>
   <translation>Einblenden bis zum Abspielkopf</translation>
  </message>
  <message>
   <source>Fade out from the playhead</source>
   <translation>Ausblenden ab dem Abspielkopf</translation>
  </message>
  <message>
   <source>Find a command …</source>
   <translation>Befehl suchen …</translation>
  </message>
  <message>
   <source>Find events</source>
   <translation>Ereignisse suchen</translation>
  </message>
  <message>
   <source>Find missing files …</source>
   <translation>Fehlende Dateien suchen …</translation>
  </message>
  <message>
   <source>Fit everything</source>
   <translation>Alles zeigen</translation>
  </message>
  <message>
   <source>Fit the chosen clips</source>
   <translation>Ausgewählte Clips zeigen</translation>
  </message>
  <message>
   <source>Fit the cue</source>
   <translation>Cue zeigen</translation>
  </message>
  <message>
   <source>Follow the playhead</source>
   <translation>Dem Abspielkopf folgen</translation>
  </message>
  <message>
   <source>Full screen</source>
   <translation>Vollbild</translation>
  </message>
  <message>
   <source>Generate candidates</source>
   <translation>Kandidaten erzeugen</translation>
  </message>
  <message>
   <source>Generate the cues chosen in the spotting list</source>
   <translation>Die in der Cue-Liste gewählten Cues erzeugen</translation>
  </message>
  <message>
   <source>Go to a time …</source>
   <translation>Zu einer Zeit gehen …</translation>
  </message>
  <message>
   <source>Half speed</source>
   <translation>Halbe Geschwindigkeit</translation>
  </message>
  <message>
   <source>Hear candidate A</source>
   <translation>Kandidat A hören</translation>
  </message>
  <message>
   <source>Hear candidate B</source>
   <translation>Kandidat B hören</translation>
  </message>
  <message>
   <source>Hear candidate C</source>
   <translation>Kandidat C hören</translation>
  </message>
  <message>
   <source>Hear candidate D</source>
   <translation>Kandidat D hören</translation>
  </message>
  <message>
   <source>Hear candidate E</source>
   <translation>Kandidat E hören</translation>
  </message>
  <message>
   <source>Hear candidate F</source>
   <translation>Kandidat F hören</translation>
  </message>
  <message>
   <source>Hear candidate G</source>
   <translation>Kandidat G hören</translation>
  </message>
  <message>
   <source>Hear candidate H</source>
   <translation>Kandidat H hören</translation>
  </message>
  <message>
   <source>Hear the mix</source>
   <translation>Mischung hören</translation>
  </message>
  <message>
   <source>Hear the reference sound</source>
   <translation>Vergleichsklang hören</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>Aufträge</translation>
  </message>
  <message>
   <source>Keep the candidate without placing it</source>
   <translation>Kandidat behalten, ohne ihn zu legen</translation>
  </message>
  <message>
   <source>Keep the playhead in the middle</source>
   <translation>Abspielkopf in der Mitte halten</translation>
  </message>
  <message>
   <source>Keep the take</source>
   <translation>Take behalten</translation>
  </message>
  <message>
   <source>Keyboard shortcuts …</source>
   <translation>Tastenkürzel …</translation>
  </message>
  <message>
   <source>Large tracks</source>
   <translation>Große Spuren</translation>
  </message>
  <message>
   <source>Later candidates</source>
   <translation>Spätere Kandidaten</translation>
  </message>
  <message>
   <source>Leave events to the program</source>
   <translation>Ereignisse dem Programm überlassen</translation>
  </message>
  <message>
   <source>Loop the selection or the cue</source>
   <translation>Auswahl oder Cue wiederholen</translation>
  </message>
  <message>
   <source>Make selection anew</source>
   <translation>Auswahl neu erzeugen</translation>
  </message>
  <message>
   <source>Mark in</source>
   <translation>Anfang markieren</translation>
  </message>
  <message>
   <source>Mark out</source>
   <translation>Ende markieren</translation>
  </message>
  <message>
   <source>Marker at the playhead</source>
   <translation>Marker am Abspielkopf</translation>
  </message>
  <message>
   <source>Models …</source>
   <translation>Modelle …</translation>
  </message>
  <message>
   <source>More like this …</source>
   <translation>Mehr davon …</translation>
  </message>
  <message>
   <source>Next clip</source>
   <translation>Nächster Clip</translation>
  </message>
  <message>
   <source>Next cue</source>
   <translation>Nächster Cue</translation>
  </message>
  <message>
   <source>Next marker</source>
   <translation>Nächster Marker</translation>
  </message>
  <message>
   <source>None of them</source>
   <translation>Keiner davon</translation>
  </message>
  <message>
   <source>Note on the candidate …</source>
   <translation>Notiz zum Kandidaten …</translation>
  </message>
  <message>
   <source>Open a video or project …</source>
   <translation>Video oder Projekt öffnen …</translation>
  </message>
  <message>
   <source>Open the demo project</source>
   <translation>Beispielprojekt öffnen</translation>
  </message>
  <message>
   <source>Paste at the playhead</source>
   <translation>Am Abspielkopf einfügen</translation>
  </message>
  <message>
   <source>Pause the queue</source>
   <translation>Reihe anhalten</translation>
  </message>
  <message>
   <source>Pick the candidate heard</source>
   <translation>Gehörten Kandidaten wählen</translation>
  </message>
  <message>
   <source>Play backwards, faster each time</source>
   <translation>Rückwärts, jedes Mal schneller</translation>
  </message>
  <message>
   <source>Play on, faster each time</source>
   <translation>Vorwärts, jedes Mal schneller</translation>
  </message>
  <message>
   <source>Play or pause</source>
   <translation>Abspielen oder anhalten</translation>
  </message>
  <message>
   <source>Play the cue with its run-up</source>
   <translation>Cue mit Vorlauf abspielen</translation>
  </message>
  <message>
   <source>Play the selection</source>
   <translation>Auswahl abspielen</translation>
  </message>
  <message>
   <source>Preferences …</source>
   <translation>Einstellungen …</translation>
  </message>
  <message>
   <source>Previous clip</source>
   <translation>Voriger Clip</translation>
  </message>
  <message>
   <source>Previous cue</source>
   <translation>Voriger Cue</translation>
  </message>
  <message>
   <source>Previous marker</source>
   <translation>Voriger Marker</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Remove clip, marker or event</source>
   <translation>Clip, Marker oder Ereignis entfernen</translation>
  </message>
  <message>
   <source>Remove cue</source>
   <translation>Cue entfernen</translation>
  </message>
  <message>
   <source>Remove track</source>
   <translation>Spur entfernen</translation>
  </message>
  <message>
   <source>Rename marker</source>
   <translation>Marker umbenennen</translation>
  </message>
  <message>
   <source>Rename track</source>
   <translation>Spur umbenennen</translation>
  </message>
  <message>
   <source>Reveal what the letters are</source>
   <translation>Buchstaben aufdecken</translation>
  </message>
  <message>
   <source>Ripple all tracks</source>
   <translation>Alle Spuren nachrücken</translation>
  </message>
  <message>
   <source>Ripple: later clips of the track move along</source>
   <translation>Nachrücken: spätere Clips der Spur wandern mit</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Sichern</translation>
  </message>
  <message>
   <source>Selection begins here</source>
   <translation>Auswahl beginnt hier</translation>
  </message>
  <message>
   <source>Selection ends here</source>
   <translation>Auswahl endet hier</translation>
  </message>
  <message>
   <source>Snap while dragging</source>
   <translation>Beim Ziehen einrasten</translation>
  </message>
  <message>
   <source>Sound like a file …</source>
   <translation>Klingen wie eine Datei …</translation>
  </message>
  <message>
   <source>Sound like the candidate heard</source>
   <translation>Klingen wie der gehörte Kandidat</translation>
  </message>
  <message>
   <source>Split clip at the playhead</source>
   <translation>Clip am Abspielkopf teilen</translation>
  </message>
  <message>
   <source>Spotting list</source>
   <translation>Cue-Liste</translation>
  </message>
  <message>
   <source>Stop; held, J and L play at half speed</source>
   <translation>Halt; gehalten spielen J und L halb so schnell</translation>
  </message>
  <message>
   <source>Take to the trash</source>
   <translation>Take in den Papierkorb</translation>
  </message>
  <message>
   <source>Takes under each other</source>
   <translation>Takes untereinander</translation>
  </message>
  <message>
   <source>To the end of the cue</source>
   <translation>Zum Ende des Cues</translation>
  </message>
  <message>
   <source>To the start of the cue</source>
   <translation>Zum Anfang des Cues</translation>
  </message>
  <message>
   <source>Track down</source>
   <translation>Spur nach unten</translation>
  </message>
  <message>
   <source>Track up</source>
   <translation>Spur nach oben</translation>
  </message>
  <message>
   <source>Train from picks</source>
   <translation>Aus Auswahlen lernen</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Use all of the take</source>
   <translation>Ganzen Take verwenden</translation>
  </message>
  <message>
   <source>Wave over the spectrogram</source>
   <translation>Welle über dem Spektrogramm</translation>
  </message>
  <message>
   <source>What to press</source>
   <translation>Was zu drücken ist</translation>
  </message>
  <message>
   <source>Write the prompt</source>
   <translation>Beschreibung eingeben</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
 </context>
 <context>
  <name>CandidateCard</name>
  <message>
   <source>Candidate {letter}</source>
   <translation>Kandidat {letter}</translation>
  </message>
  <message>
   <source>Clean</source>
   <translation>Rein</translation>
  </message>
  <message>
   <source>Note on candidate {}</source>
   <translation>Notiz zu Kandidat {}</translation>
  </message>
  <message>
   <source>Press {key} to hear {letter} at the same place; double-click it to pick it</source>
   <translation>{key} spielt {letter} an derselben Stelle; ein Doppelklick wählt ihn</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Was</translation>
  </message>
  <message>
   <source>What to do with candidate {letter}</source>
   <translation>Was mit Kandidat {letter} geschehen kann</translation>
  </message>
  <message>
   <source>When</source>
   <translation>Wann</translation>
  </message>
  <message>
   <source>With {letter}: keep it ({keep}), note ({note}), more like it ({vary}), make a selection anew ({anew}), sound like it ({reference_take}), trash ({trash})</source>
   <translation>Mit {letter}: behalten ({keep}), Notiz ({note}), mehr davon ({vary}), Auswahl neu erzeugen ({anew}), klingen wie er ({reference_take}), Papierkorb ({trash})</translation>
  </message>
  <message>
   <source>hidden until you pick</source>
   <translation>bis zur Wahl verborgen</translation>
  </message>
  <message>
   <source>kept</source>
   <translation>behalten</translation>
  </message>
  <message>
   <source>{says} · playing</source>
   <translation>{says} · läuft</translation>
  </message>
 </context>
 <context>
  <name>CandidateWiring</name>
  <message>
   <source>Candidates</source>
   <translation>Kandidaten</translation>
  </message>
  <message>
   <source>Candidates · cue {number}</source>
   <translation>Kandidaten · Cue {number}</translation>
  </message>
  <message>
   <source>the one picked</source>
   <translation>der gewählte</translation>
  </message>
 </context>
 <context>
  <name>CandidatesPanel</name>
  <message>
   <source>All of them are in the trash.

{undo} brings the last one back; {generate} makes others.</source>
   <translation>Alle liegen im Papierkorb.

{undo} holt den letzten zurück; {generate} erzeugt andere.</translation>
  </message>
  <message>
   <source>Batch {place} of {count}</source>
   <translation>Satz {place} von {count}</translation>
  </message>
  <message>
   <source>Blind</source>
   <translation>Blind</translation>
  </message>
  <message>
   <source>Blind comparison</source>
   <translation>Blindvergleich</translation>
  </message>
  <message>
   <source>Candidates</source>
   <translation>Kandidaten</translation>
  </message>
  <message>
   <source>Earlier candidates of this cue</source>
   <translation>Frühere Kandidaten dieses Cues</translation>
  </message>
  <message>
   <source>Later candidates of this cue</source>
   <translation>Spätere Kandidaten dieses Cues</translation>
  </message>
  <message>
   <source>Making candidates …

Go on marking meanwhile; {cancel} cancels.</source>
   <translation>Kandidaten entstehen …

Inzwischen weiter markieren; {cancel} bricht ab.</translation>
  </message>
  <message>
   <source>Nothing here yet.

Drop a video on the picture, or press {open}. Then mark a moment, say what is heard, and press {generate}.</source>
   <translation>Hier ist noch nichts.

Ein Video auf dem Bild ablegen oder {open} drücken. Dann eine Stelle markieren, sagen, was zu hören ist, und {generate} drücken.</translation>
  </message>
  <message>
   <source>Nothing made yet.

Drag over the picture strip, or press {mark_in} and {mark_out} where the sound begins and ends. Then {prompt} to say what is heard, and {generate}.</source>
   <translation>Noch nichts erzeugt.

Über den Bildstreifen ziehen oder {mark_in} und {mark_out} drücken, wo der Klang beginnt und endet. Dann {prompt}, um zu sagen, was zu hören ist, und {generate}.</translation>
  </message>
  <message>
   <source>Nothing made yet.

Press {prompt} to say what is heard, then {generate}. {play_cue} plays the moment.</source>
   <translation>Noch nichts erzeugt.

{prompt} drücken und sagen, was zu hören ist, dann {generate}. {play_cue} spielt die Stelle.</translation>
  </message>
  <message>
   <source>Shuffle the letters, hide bars and sentences until the pick</source>
   <translation>Buchstaben mischen, Balken und Sätze bis zur Wahl verbergen</translation>
  </message>
  <message>
   <source>{keep} keep · {trash} trash · {note} note</source>
   <translation>{keep} behalten · {trash} Papierkorb · {note} Notiz</translation>
  </message>
 </context>
 <context>
  <name>Canvas</name>
  <message>
   <source>Click to move the playhead, drag over the picture to mark in and out, with Shift to select part of a cue.</source>
   <translation>Klicken versetzt den Abspielkopf, Ziehen über dem Bild markiert Anfang und Ende, mit Umschalt einen Teil des Cues.</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>Zeitleiste</translation>
  </message>
 </context>
 <context>
  <name>CueList</name>
  <message>
   <source>Cue {number}</source>
   <translation>Cue {number}</translation>
  </message>
 </context>
 <context>
  <name>CueState</name>
  <message>
   <source>1 take</source>
   <translation>1 Take</translation>
  </message>
  <message>
   <source>approved</source>
   <translation>freigegeben</translation>
  </message>
  <message>
   <source>picked</source>
   <translation>gewählt</translation>
  </message>
  <message>
   <source>to do</source>
   <translation>offen</translation>
  </message>
  <message>
   <source>working</source>
   <translation>in Arbeit</translation>
  </message>
  <message>
   <source>{n} takes</source>
   <translation>{n} Takes</translation>
  </message>
 </context>
 <context>
  <name>CueWiring</name>
  <message>
   <source>Cue {number}</source>
   <translation>Cue {number}</translation>
  </message>
  <message>
   <source>New cue</source>
   <translation>Neuer Cue</translation>
  </message>
  <message>
   <source>No cue</source>
   <translation>Kein Cue</translation>
  </message>
  <message>
   <source>take of cue {number}</source>
   <translation>Take von Cue {number}</translation>
  </message>
 </context>
 <context>
  <name>CuesPanel</name>
  <message>
   <source>Cues</source>
   <translation>Cues</translation>
  </message>
  <message>
   <source>Cues in the order of the picture; Enter or a double click shows one in the timeline</source>
   <translation>Cues in der Reihenfolge des Bildes; Eingabe oder Doppelklick zeigt einen in der Zeitleiste</translation>
  </message>
  <message>
   <source>No cues yet. Drag over the picture to mark one.</source>
   <translation>Noch keine Cues. Über das Bild ziehen markiert einen.</translation>
  </message>
  <message>
   <source>{mark_in} · {mark_out} mark</source>
   <translation>{mark_in} · {mark_out} markieren</translation>
  </message>
 </context>
 <context>
  <name>DeliveryDialog</name>
  <message>
   <source> dBTP</source>
   <translation> dBTP</translation>
  </message>
  <message>
   <source> s</source>
   <translation> s</translation>
  </message>
  <message>
   <source>AAF, linked</source>
   <translation>AAF, verknüpft</translation>
  </message>
  <message>
   <source>ATSC A/85 (−24 LKFS)</source>
   <translation>ATSC A/85 (−24 LKFS)</translation>
  </message>
  <message>
   <source>As it is</source>
   <translation>Wie sie ist</translation>
  </message>
  <message>
   <source>CatID_Title_Creator_Source_Number, as sound libraries read it</source>
   <translation>CatID_Titel_Urheber_Quelle_Nummer, wie Klangbibliotheken es lesen</translation>
  </message>
  <message>
   <source>Ceiling</source>
   <translation>Grenze</translation>
  </message>
  <message>
   <source>Choose the folder</source>
   <translation>Ordner wählen</translation>
  </message>
  <message>
   <source>Choose the folder to write to</source>
   <translation>Den Ordner wählen, in den geschrieben wird</translation>
  </message>
  <message>
   <source>Choose …</source>
   <translation>Wählen …</translation>
  </message>
  <message>
   <source>Clips, each a file (BWF)</source>
   <translation>Clips, je eine Datei (BWF)</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Creator</source>
   <translation>Urheber</translation>
  </message>
  <message>
   <source>Cue list (CSV)</source>
   <translation>Cue-Liste (CSV)</translation>
  </message>
  <message>
   <source>Deliver</source>
   <translation>Ausliefern</translation>
  </message>
  <message>
   <source>Deliver nothing; what was chosen stays (Esc)</source>
   <translation>Nichts ausliefern; das Gewählte bleibt (Esc)</translation>
  </message>
  <message>
   <source>EBU R 128 (−23 LUFS)</source>
   <translation>EBU R 128 (−23 LUFS)</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>File name</source>
   <translation>Dateiname</translation>
  </message>
  <message>
   <source>Final Cut Pro 7 XML</source>
   <translation>Final Cut Pro 7 XML</translation>
  </message>
  <message>
   <source>Final Cut knows no frame rate like this picture's</source>
   <translation>Final Cut kennt die Bildrate dieses Bildes nicht</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Folder to write to</source>
   <translation>Zielordner</translation>
  </message>
  <message>
   <source>For other editors</source>
   <translation>Für andere Programme</translation>
  </message>
  <message>
   <source>Handles</source>
   <translation>Überhang</translation>
  </message>
  <message>
   <source>How loud the whole mix is to be; one gain for all</source>
   <translation>Wie laut die ganze Mischung sein soll; eine Verstärkung für alles</translation>
  </message>
  <message>
   <source>Lists</source>
   <translation>Listen</translation>
  </message>
  <message>
   <source>Loudness</source>
   <translation>Lautheit</translation>
  </message>
  <message>
   <source>MOV, picture copied, 24 bit</source>
   <translation>MOV, Bild kopiert, 24 Bit</translation>
  </message>
  <message>
   <source>MP4, picture copied</source>
   <translation>MP4, Bild kopiert</translation>
  </message>
  <message>
   <source>Marker list (EDL)</source>
   <translation>Marker-Liste (EDL)</translation>
  </message>
  <message>
   <source>Markers (MIDI file)</source>
   <translation>Marker (MIDI-Datei)</translation>
  </message>
  <message>
   <source>Mix (BWF)</source>
   <translation>Mischung (BWF)</translation>
  </message>
  <message>
   <source>Name clips by the Universal Category System</source>
   <translation>Clips nach dem Universal Category System benennen</translation>
  </message>
  <message>
   <source>Names of the clips</source>
   <translation>Namen der Clips</translation>
  </message>
  <message>
   <source>No clip lies on the timeline yet</source>
   <translation>Noch liegt kein Clip auf der Zeitleiste</translation>
  </message>
  <message>
   <source>Nothing lies on the timeline yet: the sound would be silent.</source>
   <translation>Noch liegt nichts auf der Zeitleiste: Der Ton wäre still.</translation>
  </message>
  <message>
   <source>One format, with a loudness report.</source>
   <translation>Ein Format, mit Lautheitsbericht.</translation>
  </message>
  <message>
   <source>OpenTimelineIO</source>
   <translation>OpenTimelineIO</translation>
  </message>
  <message>
   <source>Reaper project</source>
   <translation>Reaper-Projekt</translation>
  </message>
  <message>
   <source>Say which folder to write to.</source>
   <translation>Sagen Sie, in welchen Ordner geschrieben wird.</translation>
  </message>
  <message>
   <source>Sound</source>
   <translation>Klang</translation>
  </message>
  <message>
   <source>Sound beyond the edges of clips, to trim later</source>
   <translation>Klang über die Ränder der Clips hinaus, zum späteren Trimmen</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Quelle</translation>
  </message>
  <message>
   <source>Stems, one a track (BWF)</source>
   <translation>Stems, einer je Spur (BWF)</translation>
  </message>
  <message>
   <source>The folder is not empty; files of the same names are replaced.</source>
   <translation>Der Ordner ist nicht leer; Dateien gleichen Namens werden ersetzt.</translation>
  </message>
  <message>
   <source>The folder to write to</source>
   <translation>Der Ordner, in den geschrieben wird</translation>
  </message>
  <message>
   <source>The name of each cue's clip, as it would be written</source>
   <translation>Der Name des Clips jedes Cues, wie er geschrieben würde</translation>
  </message>
  <message>
   <source>The show's abbreviation, such as BBB</source>
   <translation>Das Kürzel der Produktion, etwa BBB</translation>
  </message>
  <message>
   <source>The true peak that is never passed; it wins</source>
   <translation>Der wahre Spitzenpegel, der nie überschritten wird; er hat Vorrang</translation>
  </message>
  <message>
   <source>There is no picture to copy; open a video first</source>
   <translation>Es gibt kein Bild zum Kopieren; erst ein Video öffnen</translation>
  </message>
  <message>
   <source>UCS {name}</source>
   <translation>UCS {name}</translation>
  </message>
  <message>
   <source>Video</source>
   <translation>Video</translation>
  </message>
  <message>
   <source>What is to be said of it</source>
   <translation>Was dazu zu sagen ist</translation>
  </message>
  <message>
   <source>What the files are called; empty: like the project</source>
   <translation>Wie die Dateien heißen; leer: wie das Projekt</translation>
  </message>
  <message>
   <source>Where the files go; made when it is not there</source>
   <translation>Wohin die Dateien kommen; wird angelegt, wenn er fehlt</translation>
  </message>
  <message>
   <source>Write all of it; the window goes on meanwhile (Enter)</source>
   <translation>Alles schreiben; das Fenster arbeitet weiter (Eingabe)</translation>
  </message>
  <message>
   <source>Write this too</source>
   <translation>Dies auch schreiben</translation>
  </message>
  <message>
   <source>Your initials, such as AB</source>
   <translation>Ihre Initialen, etwa AB</translation>
  </message>
  <message>
   <source>fine</source>
   <translation>gut</translation>
  </message>
  <message>
   <source>not valid: </source>
   <translation>nicht gültig: </translation>
  </message>
  <message>
   <source>{n} formats, with a loudness report.</source>
   <translation>{n} Formate, mit Lautheitsbericht.</translation>
  </message>
 </context>
 <context>
  <name>DrawerPanel</name>
  <message>
   <source>Close this list</source>
   <translation>Diese Liste schließen</translation>
  </message>
  <message>
   <source>Close: {name}</source>
   <translation>Schließen: {name}</translation>
  </message>
 </context>
 <context>
  <name>Edit</name>
  <message>
   <source>Add Cue</source>
   <translation>Cue hinzufügen</translation>
  </message>
  <message>
   <source>Add Marker</source>
   <translation>Marker setzen</translation>
  </message>
  <message>
   <source>Add Sound</source>
   <translation>Klang hinzufügen</translation>
  </message>
  <message>
   <source>Add Takes</source>
   <translation>Takes hinzufügen</translation>
  </message>
  <message>
   <source>Add Track</source>
   <translation>Spur hinzufügen</translation>
  </message>
  <message>
   <source>Change Clip</source>
   <translation>Clip ändern</translation>
  </message>
  <message>
   <source>Change Cue</source>
   <translation>Cue ändern</translation>
  </message>
  <message>
   <source>Change Events</source>
   <translation>Ereignisse ändern</translation>
  </message>
  <message>
   <source>Change Gain</source>
   <translation>Pegel ändern</translation>
  </message>
  <message>
   <source>Change Notes</source>
   <translation>Notiz ändern</translation>
  </message>
  <message>
   <source>Change Reference Sound</source>
   <translation>Vergleichsklang ändern</translation>
  </message>
  <message>
   <source>Change Settings</source>
   <translation>Einstellungen ändern</translation>
  </message>
  <message>
   <source>Change Track</source>
   <translation>Spur ändern</translation>
  </message>
  <message>
   <source>Choose Model</source>
   <translation>Modell wählen</translation>
  </message>
  <message>
   <source>Comp</source>
   <translation>Takes zusammensetzen</translation>
  </message>
  <message>
   <source>Duplicate</source>
   <translation>Duplizieren</translation>
  </message>
  <message>
   <source>Fade In</source>
   <translation>Einblenden</translation>
  </message>
  <message>
   <source>Fade Out</source>
   <translation>Ausblenden</translation>
  </message>
  <message>
   <source>Insert Time</source>
   <translation>Zeit einfügen</translation>
  </message>
  <message>
   <source>Keep Take</source>
   <translation>Take behalten</translation>
  </message>
  <message>
   <source>Mark</source>
   <translation>Markieren</translation>
  </message>
  <message>
   <source>Move Clip</source>
   <translation>Clip verschieben</translation>
  </message>
  <message>
   <source>Move Clips</source>
   <translation>Clips verschieben</translation>
  </message>
  <message>
   <source>Move Marker</source>
   <translation>Marker verschieben</translation>
  </message>
  <message>
   <source>Move Track</source>
   <translation>Spur verschieben</translation>
  </message>
  <message>
   <source>Open Picture</source>
   <translation>Bild öffnen</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>Einfügen</translation>
  </message>
  <message>
   <source>Pick</source>
   <translation>Auswahl</translation>
  </message>
  <message>
   <source>Place Sound</source>
   <translation>Klang ablegen</translation>
  </message>
  <message>
   <source>Reconsider Take</source>
   <translation>Take wieder offen lassen</translation>
  </message>
  <message>
   <source>Relink</source>
   <translation>Dateien wiederfinden</translation>
  </message>
  <message>
   <source>Remove Clip</source>
   <translation>Clip entfernen</translation>
  </message>
  <message>
   <source>Remove Clips</source>
   <translation>Clips entfernen</translation>
  </message>
  <message>
   <source>Remove Cue</source>
   <translation>Cue entfernen</translation>
  </message>
  <message>
   <source>Remove Marker</source>
   <translation>Marker entfernen</translation>
  </message>
  <message>
   <source>Remove Sound</source>
   <translation>Klang entfernen</translation>
  </message>
  <message>
   <source>Remove Takes</source>
   <translation>Takes entfernen</translation>
  </message>
  <message>
   <source>Remove Track</source>
   <translation>Spur entfernen</translation>
  </message>
  <message>
   <source>Rename Marker</source>
   <translation>Marker umbenennen</translation>
  </message>
  <message>
   <source>Reset Gain</source>
   <translation>Pegel zurücksetzen</translation>
  </message>
  <message>
   <source>Slip Clip</source>
   <translation>Clip-Inhalt verschieben</translation>
  </message>
  <message>
   <source>Split Clip</source>
   <translation>Clip teilen</translation>
  </message>
  <message>
   <source>Split Clips</source>
   <translation>Clips teilen</translation>
  </message>
  <message>
   <source>Trash Take</source>
   <translation>Take in den Papierkorb</translation>
  </message>
  <message>
   <source>Trim Clip</source>
   <translation>Clip beschneiden</translation>
  </message>
  <message>
   <source>Trim Clips</source>
   <translation>Clips beschneiden</translation>
  </message>
 </context>
 <context>
  <name>Fetching</name>
  <message>
   <source>A folder with model files</source>
   <translation>Ein Ordner mit Modelldateien</translation>
  </message>
  <message>
   <source>Get {title} …</source>
   <translation>{title} holen …</translation>
  </message>
  <message>
   <source>Use {title}</source>
   <translation>{title} verwenden</translation>
  </message>
  <message>
   <source>{title} is installed.</source>
   <translation>{title} ist installiert.</translation>
  </message>
  <message>
   <source>{title} is installed; use it for the next candidates.</source>
   <translation>{title} ist installiert und kann die nächsten Kandidaten erzeugen.</translation>
  </message>
  <message>
   <source>{title} is not on this machine; it can be fetched ({size}) while you go on with {using}.</source>
   <translation>{title} ist nicht auf diesem Rechner; es lässt sich holen ({size}), während Sie mit {using} weiterarbeiten.</translation>
  </message>
 </context>
 <context>
  <name>GuidanceBox</name>
  <message>
   <source>Guidance of {what}</source>
   <translation>Führung: {what}</translation>
  </message>
  <message>
   <source>How strictly {what} is followed (↑ ↓); 0 leaves it out, empty goes with the overall guidance</source>
   <translation>Wie streng gefolgt wird: {what} (↑ ↓); 0 lässt es weg, leer geht mit der gesamten Führung</translation>
  </message>
 </context>
 <context>
  <name>GuidanceRow</name>
  <message>
   <source>Events</source>
   <translation>Ereignisse</translation>
  </message>
  <message>
   <source>Picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Sound</source>
   <translation>Klang</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Worte</translation>
  </message>
  <message>
   <source>the events</source>
   <translation>die Ereignisse</translation>
  </message>
  <message>
   <source>the picture</source>
   <translation>das Bild</translation>
  </message>
  <message>
   <source>the prompt</source>
   <translation>die Beschreibung</translation>
  </message>
  <message>
   <source>the reference sound</source>
   <translation>der Vergleichsklang</translation>
  </message>
 </context>
 <context>
  <name>Handlers</name>
  <message>
   <source>Choose a sound to be like</source>
   <translation>Vergleichsklang wählen</translation>
  </message>
  <message>
   <source>Export the mix</source>
   <translation>Mischung exportieren</translation>
  </message>
  <message>
   <source>Export the video</source>
   <translation>Video exportieren</translation>
  </message>
  <message>
   <source>Open a video or project</source>
   <translation>Video oder Projekt öffnen</translation>
  </message>
 </context>
 <context>
  <name>Header</name>
  <message>
   <source>Model and adapter</source>
   <translation>Modell und Adapter</translation>
  </message>
  <message>
   <source>Model and adapter of the next candidates</source>
   <translation>Modell und Adapter der nächsten Kandidaten</translation>
  </message>
  <message>
   <source>Model {name}</source>
   <translation>Modell {name}</translation>
  </message>
  <message>
   <source>Models …</source>
   <translation>Modelle …</translation>
  </message>
  <message>
   <source>No model is installed</source>
   <translation>Kein Modell ist eingerichtet</translation>
  </message>
  <message>
   <source>no model</source>
   <translation>keines</translation>
  </message>
  <message>
   <source>{name} · not saved</source>
   <translation>{name} · nicht gesichert</translation>
  </message>
  <message>
   <source>{title}  ·  not installed …</source>
   <translation>{title}  ·  nicht eingerichtet …</translation>
  </message>
 </context>
 <context>
  <name>Heads</name>
  <message>
   <source>+ Track</source>
   <translation>+ Spur</translation>
  </message>
  <message>
   <source>Add a track</source>
   <translation>Eine Spur hinzufügen</translation>
  </message>
 </context>
 <context>
  <name>Hints</name>
  <message>
   <source>Close the hints</source>
   <translation>Hinweise schließen</translation>
  </message>
 </context>
 <context>
  <name>HistoryPanel</name>
  <message>
   <source>As it was opened</source>
   <translation>Wie es geöffnet wurde</translation>
  </message>
  <message>
   <source>Click a step, or press Enter on it, to go back to it or on to it</source>
   <translation>Ein Klick auf einen Schritt oder Eingabe geht zu ihm zurück oder vor</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>History of edits</source>
   <translation>Verlauf der Schritte</translation>
  </message>
  <message>
   <source>done</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>undone</source>
   <translation>zurückgenommen</translation>
  </message>
  <message>
   <source>you are here</source>
   <translation>hier sind Sie</translation>
  </message>
 </context>
 <context>
  <name>Inspector</name>
  <message>
   <source>A guidance of its own for words, picture, events and reference sound</source>
   <translation>Eigene Führung für Worte, Bild, Ereignisse und Vergleichsklang</translation>
  </message>
  <message>
   <source>Events</source>
   <translation>Ereignisse</translation>
  </message>
  <message>
   <source>Guidance</source>
   <translation>Führung</translation>
  </message>
  <message>
   <source>Guidance of each condition</source>
   <translation>Führung jeder Bedingung</translation>
  </message>
  <message>
   <source>How strictly prompt and picture are followed</source>
   <translation>Wie streng Beschreibung und Bild befolgt werden</translation>
  </message>
  <message>
   <source>Like</source>
   <translation>Wie</translation>
  </message>
  <message>
   <source>Negative</source>
   <translation>Ohne</translation>
  </message>
  <message>
   <source>Negative prompt</source>
   <translation>Was nicht zu hören sein soll</translation>
  </message>
  <message>
   <source>No cue chosen</source>
   <translation>Kein Cue gewählt</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Startwert</translation>
  </message>
  <message>
   <source>Seed of the first candidate; the others count on from it</source>
   <translation>Startwert des ersten Kandidaten; die anderen zählen weiter</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>Steps of the sampler: more are slower and a little finer</source>
   <translation>Schritte der Erzeugung: mehr sind langsamer und etwas feiner</translation>
  </message>
  <message>
   <source>What should not be heard</source>
   <translation>Was nicht zu hören sein soll</translation>
  </message>
  <message>
   <source>music, voices …</source>
   <translation>Musik, Stimmen …</translation>
  </message>
 </context>
 <context>
  <name>JobsPanel</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Leeren</translation>
  </message>
  <message>
   <source>Do the chosen job once more</source>
   <translation>Den gewählten Auftrag noch einmal ausführen</translation>
  </message>
  <message>
   <source>Drag a job that waits to where it shall come</source>
   <translation>Einen wartenden Auftrag dorthin ziehen, wo er stehen soll</translation>
  </message>
  <message>
   <source>Earlier</source>
   <translation>Früher</translation>
  </message>
  <message>
   <source>End the chosen job, or take it out of the queue</source>
   <translation>Den gewählten Auftrag beenden oder aus der Reihe nehmen</translation>
  </message>
  <message>
   <source>Forget all jobs that are over</source>
   <translation>Alle beendeten Aufträge vergessen</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>Aufträge</translation>
  </message>
  <message>
   <source>Later</source>
   <translation>Später</translation>
  </message>
  <message>
   <source>Nothing runs and nothing waits. What is made, trained, exported or fetched stands here.</source>
   <translation>Nichts läuft und nichts wartet. Was erzeugt, gelernt, ausgegeben oder geholt wird, steht hier.</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Pause the queue</source>
   <translation>Reihe anhalten</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Retry</source>
   <translation>Noch einmal</translation>
  </message>
  <message>
   <source>The chosen job comes one place earlier</source>
   <translation>Der gewählte Auftrag kommt einen Platz früher</translation>
  </message>
  <message>
   <source>The chosen job comes one place later</source>
   <translation>Der gewählte Auftrag kommt einen Platz später</translation>
  </message>
  <message>
   <source>What is being made is finished; what waits goes on waiting</source>
   <translation>Was entsteht, wird fertig; was wartet, wartet weiter</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>abgebrochen</translation>
  </message>
  <message>
   <source>done</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>misslungen</translation>
  </message>
  <message>
   <source>running</source>
   <translation>läuft</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
  <message>
   <source>waiting, paused</source>
   <translation>wartet, angehalten</translation>
  </message>
 </context>
 <context>
  <name>Keys</name>
  <message>
   <source>Enter</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>Page Down</source>
   <translation>Bild ab</translation>
  </message>
  <message>
   <source>Page Up</source>
   <translation>Bild auf</translation>
  </message>
 </context>
 <context>
  <name>LaneHead</name>
  <message>
   <source>Events</source>
   <translation>Ereignisse</translation>
  </message>
  <message>
   <source>Picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Sound</source>
   <translation>Klang</translation>
  </message>
  <message>
   <source>drag, double-click adds</source>
   <translation>ziehen; Doppelklick setzt</translation>
  </message>
  <message>
   <source>mel, 20 Hz – 20 kHz</source>
   <translation>Mel, 20 Hz – 20 kHz</translation>
  </message>
 </context>
 <context>
  <name>ListWiring</name>
  <message>
   <source>The file that is missing</source>
   <translation>Die fehlende Datei</translation>
  </message>
  <message>
   <source>Where to search</source>
   <translation>Wo gesucht wird</translation>
  </message>
  <message>
   <source>{n} cues are made one after the other.</source>
   <translation>{n} Cues werden nacheinander erzeugt.</translation>
  </message>
  <message>
   <source>{n} files of this project are not where they were, {name} among them.</source>
   <translation>{n} Dateien dieses Projekts sind nicht mehr an ihrem Ort, darunter {name}.</translation>
  </message>
  <message>
   <source>{path} is not where it was; put it back, or point at where it is now.</source>
   <translation>{path} ist nicht mehr da; legen Sie die Datei zurück oder zeigen Sie, wo sie jetzt liegt.</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>Reading the picture …</source>
   <translation>Das Bild wird gelesen …</translation>
  </message>
  <message>
   <source>The picture is not there</source>
   <translation>Das Bild ist nicht da</translation>
  </message>
  <message>
   <source>Use {name}</source>
   <translation>{name} benutzen</translation>
  </message>
  <message>
   <source>drop it here from where it is now</source>
   <translation>hier ablegen von dort, wo es jetzt liegt</translation>
  </message>
  <message>
   <source>missing</source>
   <translation>fehlt</translation>
  </message>
  <message>
   <source>{name} is trained; use it, then press {generate}.</source>
   <translation>{name} hat gelernt; benutzen, dann {generate} drücken.</translation>
  </message>
 </context>
 <context>
  <name>Menu</name>
  <message>
   <source>Cue</source>
   <translation>Cue</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Bearbeiten</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>Forget these</source>
   <translation>Diese vergessen</translation>
  </message>
  <message>
   <source>Generate</source>
   <translation>Erzeugen</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <source>Open recent</source>
   <translation>Zuletzt geöffnet</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Track</source>
   <translation>Spur</translation>
  </message>
  <message>
   <source>Train</source>
   <translation>Lernen</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
 </context>
 <context>
  <name>MessageBar</name>
  <message>
   <source>Close the message</source>
   <translation>Meldung schließen</translation>
  </message>
  <message>
   <source>Missing</source>
   <translation>Fehlt</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Hinweis</translation>
  </message>
  <message>
   <source>That did not work</source>
   <translation>Das ging nicht</translation>
  </message>
 </context>
 <context>
  <name>ModelRow</name>
  <message>
   <source>Accept and get {size}</source>
   <translation>Annehmen und {size} holen</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Fetch its files; its terms are shown first</source>
   <translation>Dateien holen; zuerst stehen die Bedingungen da</translation>
  </message>
  <message>
   <source>Get again</source>
   <translation>Neu holen</translation>
  </message>
  <message>
   <source>Get …</source>
   <translation>Holen …</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Not now</source>
   <translation>Nicht jetzt</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Read every byte and compare it</source>
   <translation>Jedes Byte lesen und vergleichen</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove {title} from this machine? It can be fetched again; what others need of it stays.</source>
   <translation>{title} von diesem Rechner entfernen? Es kann wieder geholt werden; was andere davon brauchen, bleibt.</translation>
  </message>
  <message>
   <source>Remove …</source>
   <translation>Entfernen …</translation>
  </message>
  <message>
   <source>Stop what is being done with this model</source>
   <translation>Beenden, was mit diesem Modell geschieht</translation>
  </message>
  <message>
   <source>Take its files off this machine</source>
   <translation>Seine Dateien von diesem Rechner nehmen</translation>
  </message>
  <message>
   <source>Verify</source>
   <translation>Prüfen</translation>
  </message>
 </context>
 <context>
  <name>ModelsDialog</name>
  <message>
   <source>A model makes the sounds. Its files come from where its authors publish them, and stay on this machine.</source>
   <translation>Ein Modell macht die Klänge. Seine Dateien kommen von dort, wo ihre Urheber sie veröffentlichen, und bleiben auf diesem Rechner.</translation>
  </message>
  <message>
   <source>Accept and import</source>
   <translation>Annehmen und importieren</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Import …</source>
   <translation>Übernehmen …</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>Not now</source>
   <translation>Nicht jetzt</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Stop the import</source>
   <translation>Übernahme beenden</translation>
  </message>
  <message>
   <source>Take models from files that you have: MMAudio's or ComfyUI's folder, a hub's cache</source>
   <translation>Modelle aus vorhandenen Dateien nehmen: aus dem Ordner von MMAudio oder ComfyUI oder dem Zwischenspeicher eines Hubs</translation>
  </message>
 </context>
 <context>
  <name>NameField</name>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
 </context>
 <context>
  <name>Note</name>
  <message>
   <source>Press to change the note</source>
   <translation>Drücken, um die Notiz zu ändern</translation>
  </message>
  <message>
   <source>What is there to say about it?</source>
   <translation>Was gibt es dazu zu sagen?</translation>
  </message>
 </context>
 <context>
  <name>Overview</name>
  <message>
   <source>Scroll the timeline</source>
   <translation>Zeitleiste verschieben</translation>
  </message>
  <message>
   <source>The whole project. Drag the box to scroll, its sides to zoom.</source>
   <translation>Das ganze Projekt. Der Kasten verschiebt, seine Seiten vergrößern.</translation>
  </message>
 </context>
 <context>
  <name>Palette</name>
  <message>
   <source>A few letters of a command's name</source>
   <translation>Ein paar Buchstaben eines Befehls</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>Befehle</translation>
  </message>
  <message>
   <source>Commands that were found</source>
   <translation>Gefundene Befehle</translation>
  </message>
  <message>
   <source>Enter or a click does it</source>
   <translation>Eingabe oder ein Klick führt ihn aus</translation>
  </message>
  <message>
   <source>Find a command</source>
   <translation>Befehl suchen</translation>
  </message>
  <message>
   <source>What do you want to do?</source>
   <translation>Was soll geschehen?</translation>
  </message>
  <message>
   <source>{words}, not now</source>
   <translation>{words}, jetzt nicht</translation>
  </message>
 </context>
 <context>
  <name>Pictures</name>
  <message>
   <source>proxy ready</source>
   <translation>Proxy bereit</translation>
  </message>
 </context>
 <context>
  <name>PlayWiring</name>
  <message>
   <source>{}; it is used again as soon as it is back.</source>
   <translation>{}; es wird wieder benutzt, sobald es zurück ist.</translation>
  </message>
 </context>
 <context>
  <name>Playhead</name>
  <message>
   <source>Playhead</source>
   <translation>Abspielkopf</translation>
  </message>
 </context>
 <context>
  <name>PreferencesDialog</name>
  <message>
   <source> dB</source>
   <translation> dB</translation>
  </message>
  <message>
   <source> ms</source>
   <translation> ms</translation>
  </message>
  <message>
   <source> s</source>
   <translation> s</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>Audio</source>
   <translation>Ton</translation>
  </message>
  <message>
   <source>Brightest</source>
   <translation>Hellstes</translation>
  </message>
  <message>
   <source>Choose what to set</source>
   <translation>Wählen, was einzustellen ist</translation>
  </message>
  <message>
   <source>Cividis: blue to sand</source>
   <translation>Cividis: Blau bis Sand</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Darkest</source>
   <translation>Dunkelstes</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Engine</source>
   <translation>Erzeugung</translation>
  </message>
  <message>
   <source>Every single edit is written down at once beside that, and comes back after a crash.</source>
   <translation>Außerdem wird jeder einzelne Schritt sofort aufgeschrieben und ist nach einem Absturz wieder da.</translation>
  </message>
  <message>
   <source>Exact</source>
   <translation>Genau</translation>
  </message>
  <message>
   <source>Fast</source>
   <translation>Schnell</translation>
  </message>
  <message>
   <source>Faster; without it, the memory is free while nothing is made</source>
   <translation>Schneller; ohne das ist der Speicher frei, solange nichts erzeugt wird</translation>
  </message>
  <message>
   <source>Frames</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Free the memory now</source>
   <translation>Speicher jetzt freigeben</translation>
  </message>
  <message>
   <source>Free the memory of the models now</source>
   <translation>Speicher der Modelle jetzt freigeben</translation>
  </message>
  <message>
   <source>General</source>
   <translation>Allgemein</translation>
  </message>
  <message>
   <source>Graphics card (CUDA)</source>
   <translation>Grafikkarte (CUDA)</translation>
  </message>
  <message>
   <source>Grey</source>
   <translation>Grau</translation>
  </message>
  <message>
   <source>How large models look at the picture; exact may take twice as long</source>
   <translation>Wie große Modelle das Bild ansehen; genau kann doppelt so lange dauern</translation>
  </message>
  <message>
   <source>How much is played before a cue that loops</source>
   <translation>Wie viel vor einem wiederholten Cue gespielt wird</translation>
  </message>
  <message>
   <source>How much later the sound is heard than the device says, as wireless headphones do</source>
   <translation>Wie viel später der Ton zu hören ist, als das Gerät sagt, etwa bei Funkkopfhörern</translation>
  </message>
  <message>
   <source>How often a changed project is written whole</source>
   <translation>Wie oft ein geändertes Projekt ganz geschrieben wird</translation>
  </message>
  <message>
   <source>How the open project writes time</source>
   <translation>Wie das offene Projekt die Zeit schreibt</translation>
  </message>
  <message>
   <source>Inferno: violet to yellow</source>
   <translation>Inferno: Violett bis Gelb</translation>
  </message>
  <message>
   <source>Keep the model in memory</source>
   <translation>Modell im Speicher behalten</translation>
  </message>
  <message>
   <source>Keep the model in memory between jobs</source>
   <translation>Modell zwischen Aufträgen im Speicher behalten</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Keyboard shortcuts …</source>
   <translation>Tastenkürzel …</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Language and size hold from the next start on; everything else holds at once.</source>
   <translation>Sprache und Größe gelten ab dem nächsten Start, alles andere sofort.</translation>
  </message>
  <message>
   <source>Latency offset</source>
   <translation>Verzögerung</translation>
  </message>
  <message>
   <source>Levels from here down are as dark as nothing</source>
   <translation>Pegel ab hier abwärts sind so dunkel wie nichts</translation>
  </message>
  <message>
   <source>Levels from here up are brightest</source>
   <translation>Pegel ab hier aufwärts sind am hellsten</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Magma: violet to cream</source>
   <translation>Magma: Violett bis Creme</translation>
  </message>
  <message>
   <source>Memory</source>
   <translation>Speicher</translation>
  </message>
  <message>
   <source>Output</source>
   <translation>Ausgabe</translation>
  </message>
  <message>
   <source>Pre-roll</source>
   <translation>Vorlauf</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>Genauigkeit</translation>
  </message>
  <message>
   <source>Preferences</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Processor (CPU)</source>
   <translation>Prozessor (CPU)</translation>
  </message>
  <message>
   <source>Restart now</source>
   <translation>Jetzt neu starten</translation>
  </message>
  <message>
   <source>Rooms of the preferences</source>
   <translation>Bereiche der Einstellungen</translation>
  </message>
  <message>
   <source>Safety</source>
   <translation>Sicherheit</translation>
  </message>
  <message>
   <source>Save by itself every</source>
   <translation>Von selbst sichern alle</translation>
  </message>
  <message>
   <source>Save the project, and open it again as chosen; jobs that wait go on then</source>
   <translation>Das Projekt sichern und wie gewählt wieder öffnen; wartende Aufträge laufen dann weiter</translation>
  </message>
  <message>
   <source>Seconds</source>
   <translation>Sekunden</translation>
  </message>
  <message>
   <source>See and change the keys of every command</source>
   <translation>Die Tasten jedes Befehls sehen und ändern</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>The colours of spectrograms; all of them can be read by colour-blind eyes</source>
   <translation>Die Farben der Spektrogramme; alle sind auch für farbenblinde Augen lesbar</translation>
  </message>
  <message>
   <source>The fastest there is</source>
   <translation>Das schnellste</translation>
  </message>
  <message>
   <source>The language of the window, from the next start on</source>
   <translation>Die Sprache des Fensters, ab dem nächsten Start</translation>
  </message>
  <message>
   <source>The next job loads its model again</source>
   <translation>Der nächste Auftrag lädt sein Modell wieder</translation>
  </message>
  <message>
   <source>The picture follows the sound by its clock and this offset.</source>
   <translation>Das Bild folgt dem Ton nach dessen Uhr und dieser Verzögerung.</translation>
  </message>
  <message>
   <source>The size of everything, beside the system's own scale, from the next start on</source>
   <translation>Die Größe von allem, neben der des Systems, ab dem nächsten Start</translation>
  </message>
  <message>
   <source>The system's own</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>The tones of every window</source>
   <translation>Die Farbtöne aller Fenster</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Erscheinung</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>Time code</source>
   <translation>Timecode</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>Zeitleiste</translation>
  </message>
  <message>
   <source>Viridis: blue to yellow</source>
   <translation>Viridis: Blau bis Gelb</translation>
  </message>
  <message>
   <source>What the models run on, from the next job on</source>
   <translation>Worauf die Modelle laufen, ab dem nächsten Auftrag</translation>
  </message>
  <message>
   <source>Where the sound goes</source>
   <translation>Wohin der Ton geht</translation>
  </message>
  <message>
   <source>{name} · not there</source>
   <translation>{name} · nicht da</translation>
  </message>
 </context>
 <context>
  <name>PromptField</name>
  <message>
   <source>Seen in the picture, {sure} % sure: a click takes it as the prompt
In the field, ↓ shows the next one and Tab takes it</source>
   <translation>Im Bild gesehen, zu {sure} % sicher: ein Klick übernimmt es als Beschreibung
Im Feld zeigt ↓ das nächste, Tab übernimmt es</translation>
  </message>
  <message>
   <source>Suggested: {prompt}. Tab takes it.</source>
   <translation>Vorschlag: {prompt}. Tab übernimmt ihn.</translation>
  </message>
  <message>
   <source>Take the prompt: {prompt}</source>
   <translation>Beschreibung übernehmen: {prompt}</translation>
  </message>
  <message>
   <source>What is heard? A drumstick hitting a metal rail, close, dry</source>
   <translation>Was ist zu hören? Ein Stock schlägt auf ein Metallgeländer, nah, trocken</translation>
  </message>
  <message>
   <source>{prompt} — Tab takes it</source>
   <translation>{prompt} — Tab übernimmt es</translation>
  </message>
 </context>
 <context>
  <name>PromptRow</name>
  <message>
   <source>1 candidate</source>
   <translation>1 Kandidat</translation>
  </message>
  <message>
   <source>Back to the start of the cue</source>
   <translation>Zurück zum Anfang des Cues</translation>
  </message>
  <message>
   <source>Cannot tell which is better</source>
   <translation>Nicht zu sagen, welcher besser ist</translation>
  </message>
  <message>
   <source>Generate</source>
   <translation>Erzeugen</translation>
  </message>
  <message>
   <source>How many candidates are made at once</source>
   <translation>Wie viele Kandidaten auf einmal entstehen</translation>
  </message>
  <message>
   <source>Lay this sound on the timeline</source>
   <translation>Diesen Klang auf die Zeitleiste legen</translation>
  </message>
  <message>
   <source>Loop</source>
   <translation>Schleife</translation>
  </message>
  <message>
   <source>Make candidates for this cue</source>
   <translation>Kandidaten für diesen Cue erzeugen</translation>
  </message>
  <message>
   <source>None</source>
   <translation>Keiner</translation>
  </message>
  <message>
   <source>None of them will do</source>
   <translation>Keiner davon taugt</translation>
  </message>
  <message>
   <source>Number of candidates</source>
   <translation>Anzahl der Kandidaten</translation>
  </message>
  <message>
   <source>On to the end of the cue</source>
   <translation>Vor zum Ende des Cues</translation>
  </message>
  <message>
   <source>Pick</source>
   <translation>Wählen</translation>
  </message>
  <message>
   <source>Pick {letter}</source>
   <translation>{letter} wählen</translation>
  </message>
  <message>
   <source>Play or pause</source>
   <translation>Abspielen oder anhalten</translation>
  </message>
  <message>
   <source>Play the cue over and over</source>
   <translation>Den Cue immer wieder spielen</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Beschreibung</translation>
  </message>
  <message>
   <source>Speed</source>
   <translation>Geschwindigkeit</translation>
  </message>
  <message>
   <source>Tie</source>
   <translation>Gleich</translation>
  </message>
  <message>
   <source>What is heard: the thing, the surface, the distance</source>
   <translation>Was zu hören ist: das Ding, die Fläche, die Entfernung</translation>
  </message>
  <message>
   <source>{n} candidates</source>
   <translation>{n} Kandidaten</translation>
  </message>
 </context>
 <context>
  <name>Reasons</name>
  <message>
   <source>choose a clip first</source>
   <translation>erst einen Clip wählen</translation>
  </message>
  <message>
   <source>choose a cue first</source>
   <translation>erst einen Cue wählen</translation>
  </message>
  <message>
   <source>choose a marker first</source>
   <translation>erst einen Marker wählen</translation>
  </message>
  <message>
   <source>choose a take first</source>
   <translation>erst einen Take wählen</translation>
  </message>
  <message>
   <source>copy clips first</source>
   <translation>erst Clips kopieren</translation>
  </message>
  <message>
   <source>make candidates first</source>
   <translation>erst Kandidaten erzeugen</translation>
  </message>
  <message>
   <source>mark in and out first</source>
   <translation>erst Anfang und Ende markieren</translation>
  </message>
  <message>
   <source>nothing is marked</source>
   <translation>nichts ist markiert</translation>
  </message>
  <message>
   <source>nothing to redo</source>
   <translation>nichts zu wiederholen</translation>
  </message>
  <message>
   <source>nothing to undo</source>
   <translation>nichts rückgängig zu machen</translation>
  </message>
  <message>
   <source>open a video first</source>
   <translation>erst ein Video öffnen</translation>
  </message>
  <message>
   <source>select a part of the cue first</source>
   <translation>erst einen Teil des Cues auswählen</translation>
  </message>
  <message>
   <source>the cue has no reference sound</source>
   <translation>der Cue hat keinen Vergleichsklang</translation>
  </message>
  <message>
   <source>the model cannot follow a reference sound</source>
   <translation>das Modell kann keinem Vergleichsklang folgen</translation>
  </message>
  <message>
   <source>there are no clips yet</source>
   <translation>es gibt noch keine Clips</translation>
  </message>
  <message>
   <source>there are no cues yet</source>
   <translation>es gibt noch keine Cues</translation>
  </message>
  <message>
   <source>there are no earlier candidates</source>
   <translation>es gibt keine früheren Kandidaten</translation>
  </message>
  <message>
   <source>there are no later candidates</source>
   <translation>es gibt keine späteren Kandidaten</translation>
  </message>
  <message>
   <source>there are no markers yet</source>
   <translation>es gibt noch keine Marker</translation>
  </message>
 </context>
 <context>
  <name>ReferenceField</name>
  <message>
   <source> · missing</source>
   <translation> · fehlt</translation>
  </message>
  <message>
   <source>A sound file that the candidates should sound like: choose one ({reference}), or drop a file or a candidate here</source>
   <translation>Eine Klangdatei, wie die Kandidaten klingen sollen: eine wählen ({reference}) oder eine Datei oder einen Kandidaten hier ablegen</translation>
  </message>
  <message>
   <source>Choose a cue first; a reference sound belongs to it</source>
   <translation>Erst einen Cue wählen; ein Vergleichsklang gehört zu ihm</translation>
  </message>
  <message>
   <source>Clear the reference sound</source>
   <translation>Vergleichsklang entfernen</translation>
  </message>
  <message>
   <source>Hear the reference sound</source>
   <translation>Vergleichsklang hören</translation>
  </message>
  <message>
   <source>Reference sound</source>
   <translation>Vergleichsklang</translation>
  </message>
  <message>
   <source>choose or drop a sound …</source>
   <translation>Klang wählen …</translation>
  </message>
  <message>
   <source>{path} is missing: put it back, or choose it again</source>
   <translation>{path} fehlt: zurücklegen oder neu wählen</translation>
  </message>
 </context>
 <context>
  <name>RelinkDialog</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Choose the file …</source>
   <translation>Datei zeigen …</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>End the search</source>
   <translation>Suche beenden</translation>
  </message>
  <message>
   <source>Everything below it is looked at; files are known by what they hold</source>
   <translation>Alles darunter wird angesehen; Dateien werden an ihrem Inhalt erkannt</translation>
  </message>
  <message>
   <source>Find missing files</source>
   <translation>Fehlende Dateien suchen</translation>
  </message>
  <message>
   <source>Leave them missing for now (Esc)</source>
   <translation>Vorerst fehlen lassen (Esc)</translation>
  </message>
  <message>
   <source>Looked at {n} of {all} files …</source>
   <translation>{n} von {all} Dateien angesehen …</translation>
  </message>
  <message>
   <source>Missing files</source>
   <translation>Fehlende Dateien</translation>
  </message>
  <message>
   <source>Nothing is missing.</source>
   <translation>Nichts fehlt.</translation>
  </message>
  <message>
   <source>One file is not where it was.</source>
   <translation>Eine Datei ist nicht, wo sie war.</translation>
  </message>
  <message>
   <source>Point at a single file: it is taken when it holds what is missing</source>
   <translation>Auf eine einzelne Datei zeigen: Sie wird genommen, wenn sie enthält, was fehlt</translation>
  </message>
  <message>
   <source>Progress of the search</source>
   <translation>Fortschritt der Suche</translation>
  </message>
  <message>
   <source>Search a folder …</source>
   <translation>Ordner durchsuchen …</translation>
  </message>
  <message>
   <source>Where each file was when the project last saw it</source>
   <translation>Wo jede Datei war, als das Projekt sie zuletzt sah</translation>
  </message>
  <message>
   <source>{n} files are not where they were.</source>
   <translation>{n} Dateien sind nicht, wo sie waren.</translation>
  </message>
 </context>
 <context>
  <name>Relinking</name>
  <message>
   <source>Found {found} of {wanted}; nothing is missing any more.</source>
   <translation>{found} von {wanted} gefunden; es fehlt nichts mehr.</translation>
  </message>
  <message>
   <source>Found {found} of {wanted}; {left} still missing, choose another folder.</source>
   <translation>{found} von {wanted} gefunden; {left} fehlen noch, bitte einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <source>None of them lies in {folder}; choose another folder.</source>
   <translation>Keine davon liegt in {folder}; bitte einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <source>The search was cancelled; nothing has changed.</source>
   <translation>Die Suche wurde abgebrochen; nichts ist verändert.</translation>
  </message>
  <message>
   <source>The search was for another project; nothing has changed.</source>
   <translation>Die Suche galt einem anderen Projekt; nichts ist verändert.</translation>
  </message>
  <message>
   <source>{file} holds something else; choose another file.</source>
   <translation>{file} enthält etwas anderes; bitte eine andere Datei wählen.</translation>
  </message>
 </context>
 <context>
  <name>Ruler</name>
  <message>
   <source>Marker {}</source>
   <translation>Marker {}</translation>
  </message>
 </context>
 <context>
  <name>Said</name>
  <message>
   <source>A WAV holds four hours at most; export the project in parts.</source>
   <translation>Eine WAV-Datei fasst höchstens vier Stunden; exportieren Sie das Projekt in Teilen.</translation>
  </message>
  <message>
   <source>A clip can only be split within it; move the playhead there.</source>
   <translation>Ein Clip lässt sich nur in seinem Innern teilen; setzen Sie den Abspielkopf dorthin.</translation>
  </message>
  <message>
   <source>A clip cannot be longer than the sound it plays.</source>
   <translation>Ein Clip kann nicht länger sein als der Klang, den er spielt.</translation>
  </message>
  <message>
   <source>A clip cannot start after the picture ends.</source>
   <translation>Ein Clip kann nicht nach dem Ende des Bildes beginnen.</translation>
  </message>
  <message>
   <source>A clip cannot start before the project does.</source>
   <translation>Ein Clip kann nicht vor dem Projekt beginnen.</translation>
  </message>
  <message>
   <source>A clip plays a take or a sound file, not both.</source>
   <translation>Ein Clip spielt einen Take oder eine Klangdatei, nicht beides.</translation>
  </message>
  <message>
   <source>A marker lies within the picture; move it there.</source>
   <translation>Ein Marker liegt innerhalb des Bildes; setzen Sie ihn dorthin.</translation>
  </message>
  <message>
   <source>A picture must have more than zero frames a second; open another file.</source>
   <translation>Ein Film braucht mehr als null Bilder pro Sekunde; öffnen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>A piece of a take must end after it starts; choose a longer part.</source>
   <translation>Ein Stück eines Takes muss nach seinem Anfang enden; wählen Sie ein längeres.</translation>
  </message>
  <message>
   <source>A reference sound needs a file; choose one.</source>
   <translation>Ein Vergleichsklang braucht eine Datei; wählen Sie eine.</translation>
  </message>
  <message>
   <source>A sound needs a file; choose one.</source>
   <translation>Ein Klang braucht eine Datei; wählen Sie eine.</translation>
  </message>
  <message>
   <source>A take that lies on a track cannot be removed; remove its clip first.</source>
   <translation>Ein Take, der auf einer Spur liegt, lässt sich nicht entfernen; entfernen Sie zuerst seinen Clip.</translation>
  </message>
  <message>
   <source>A track needs a name.</source>
   <translation>Eine Spur braucht einen Namen.</translation>
  </message>
  <message>
   <source>A training is already running; wait for it or cancel it.</source>
   <translation>Es wird schon gelernt; warten Sie ab oder brechen Sie es ab.</translation>
  </message>
  <message>
   <source>An event lies outside its cue; move it between the cue's in and out.</source>
   <translation>Ein Ereignis liegt außerhalb seines Cues; setzen Sie es zwischen Anfang und Ende des Cues.</translation>
  </message>
  <message>
   <source>An event's strength goes from 0 to 1.</source>
   <translation>Die Stärke eines Ereignisses geht von 0 bis 1.</translation>
  </message>
  <message>
   <source>Candidates are being made with this model; remove it when they are done, or cancel them.</source>
   <translation>Mit diesem Modell werden gerade Kandidaten erzeugt; entfernen Sie es danach, oder brechen Sie ab.</translation>
  </message>
  <message>
   <source>Candidates are being made; train when they are done, or cancel them.</source>
   <translation>Gerade werden Kandidaten erzeugt; lernen Sie danach, oder brechen Sie ab.</translation>
  </message>
  <message>
   <source>Choose a cue first; a reference sound belongs to it.</source>
   <translation>Wählen Sie zuerst einen Cue; ein Vergleichsklang gehört zu ihm.</translation>
  </message>
  <message>
   <source>Choose a cue first; its events are found within its span.</source>
   <translation>Wählen Sie zuerst einen Cue; seine Ereignisse werden in seiner Spanne gesucht.</translation>
  </message>
  <message>
   <source>Choose a cue first; the selection is a part of it.</source>
   <translation>Wählen Sie zuerst einen Cue; die Auswahl ist ein Teil von ihm.</translation>
  </message>
  <message>
   <source>Choose a model by its name.</source>
   <translation>Wählen Sie ein Modell bei seinem Namen.</translation>
  </message>
  <message>
   <source>Drop-frame time code exists only at 29.97 and 59.94 frames a second; count without drops.</source>
   <translation>Drop-Frame-Timecode gibt es nur bei 29,97 und 59,94 Bildern pro Sekunde; zählen Sie ohne Auslassungen.</translation>
  </message>
  <message>
   <source>Foleydesk sounds silent film on your own machine; its code is Apache-2.0.</source>
   <translation>Foleydesk vertont stumme Filme auf Ihrem eigenen Rechner; sein Code steht unter Apache-2.0.</translation>
  </message>
  <message>
   <source>It is not known any more what was to be delivered; ask for it again.</source>
   <translation>Was geliefert werden sollte, ist nicht mehr bekannt; bitte noch einmal verlangen.</translation>
  </message>
  <message>
   <source>It is not known any more what was to be exported; ask for it again.</source>
   <translation>Was exportiert werden sollte, ist nicht mehr bekannt; bitte noch einmal verlangen.</translation>
  </message>
  <message>
   <source>Later clips of all tracks move along.</source>
   <translation>Spätere Clips aller Spuren wandern mit.</translation>
  </message>
  <message>
   <source>Later clips of the track move along.</source>
   <translation>Spätere Clips der Spur wandern mit.</translation>
  </message>
  <message>
   <source>Mark in and out first: press I and O, or drag over the picture.</source>
   <translation>Markieren Sie zuerst Anfang und Ende: mit I und O, oder ziehen Sie über das Bild.</translation>
  </message>
  <message>
   <source>No audio device: playing on a clock</source>
   <translation>Kein Audiogerät: Es läuft nach der Uhr</translation>
  </message>
  <message>
   <source>Nothing would be left of the clip; remove it instead.</source>
   <translation>Vom Clip bliebe nichts übrig; entfernen Sie ihn stattdessen.</translation>
  </message>
  <message>
   <source>Ripple is off.</source>
   <translation>Nachrücken ist aus.</translation>
  </message>
  <message>
   <source>Say which folder to write to.</source>
   <translation>Sagen Sie, in welchen Ordner geschrieben wird.</translation>
  </message>
  <message>
   <source>Select a part of the cue first: hold Shift and drag over the timeline.</source>
   <translation>Wählen Sie zuerst einen Teil des Cues: mit gedrückter Umschalttaste über die Zeitleiste ziehen.</translation>
  </message>
  <message>
   <source>Snapping is off.</source>
   <translation>Einrasten ist aus.</translation>
  </message>
  <message>
   <source>Snapping is on.</source>
   <translation>Einrasten ist an.</translation>
  </message>
  <message>
   <source>Start and duration are seconds, such as 1.5.</source>
   <translation>Anfang und Dauer sind Sekunden, etwa 1.5.</translation>
  </message>
  <message>
   <source>The fades are longer than the clip; make them shorter.</source>
   <translation>Die Blenden sind länger als der Clip; machen Sie sie kürzer.</translation>
  </message>
  <message>
   <source>The history has no such step (any more).</source>
   <translation>Diesen Schritt gibt es im Verlauf nicht (mehr).</translation>
  </message>
  <message>
   <source>The last track cannot be removed.</source>
   <translation>Die letzte Spur lässt sich nicht entfernen.</translation>
  </message>
  <message>
   <source>The picture starts at a time code from 00:00:00:00 to before 24 hours.</source>
   <translation>Das Bild beginnt bei einem Timecode von 00:00:00:00 bis vor 24 Stunden.</translation>
  </message>
  <message>
   <source>The playhead is not within a chosen clip; move it there.</source>
   <translation>Der Abspielkopf steht in keinem gewählten Clip; setzen Sie ihn dorthin.</translation>
  </message>
  <message>
   <source>The program ended without saving; everything up to its last moment is here again.</source>
   <translation>Das Programm endete ohne zu sichern; alles bis zu seinem letzten Augenblick ist wieder da.</translation>
  </message>
  <message>
   <source>The selection lies outside this sound; select a part that it covers.</source>
   <translation>Die Auswahl liegt außerhalb dieses Klangs; wählen Sie einen Teil, den er abdeckt.</translation>
  </message>
  <message>
   <source>The trainer could not be started; run `foleydesk doctor` to see what is missing.</source>
   <translation>Das Lernen ließ sich nicht starten; `foleydesk doctor` zeigt, was fehlt.</translation>
  </message>
  <message>
   <source>There is an event at this moment already; move it elsewhere.</source>
   <translation>In diesem Augenblick gibt es schon ein Ereignis; setzen Sie es woandershin.</translation>
  </message>
  <message>
   <source>There is no event at this moment (any more).</source>
   <translation>In diesem Augenblick gibt es kein Ereignis (mehr).</translation>
  </message>
  <message>
   <source>There is no picture to deliver; open a video first, or leave MP4 and MOV out.</source>
   <translation>Es gibt kein Bild zu liefern; öffnen Sie zuerst ein Video, oder lassen Sie MP4 und MOV weg.</translation>
  </message>
  <message>
   <source>There is no picture to export; open a video first, or export the mix as WAV.</source>
   <translation>Es gibt kein Bild zu exportieren; öffnen Sie zuerst ein Video, oder exportieren Sie die Mischung als WAV.</translation>
  </message>
  <message>
   <source>There is no picture yet; open or drop a video first.</source>
   <translation>Es gibt noch kein Bild; öffnen Sie zuerst ein Video, oder legen Sie eines ab.</translation>
  </message>
  <message>
   <source>There is no project open; open or drop a video first.</source>
   <translation>Es ist kein Projekt offen; öffnen Sie zuerst ein Video, oder legen Sie eines ab.</translation>
  </message>
  <message>
   <source>There is no sound to start from yet; press G, then 1 to hear a candidate.</source>
   <translation>Es gibt noch keinen Klang als Ausgang; drücken Sie G, dann 1, um einen Kandidaten zu hören.</translation>
  </message>
  <message>
   <source>There is no track there; add one first.</source>
   <translation>Dort gibt es keine Spur; legen Sie zuerst eine an.</translation>
  </message>
  <message>
   <source>There is nothing to compare yet; press G to generate candidates.</source>
   <translation>Es gibt noch nichts zu vergleichen; drücken Sie G, um Kandidaten zu erzeugen.</translation>
  </message>
  <message>
   <source>There is nothing to duplicate; choose a clip first.</source>
   <translation>Es gibt nichts zu duplizieren; wählen Sie zuerst einen Clip.</translation>
  </message>
  <message>
   <source>There is nothing to export yet; open a video or place a sound first.</source>
   <translation>Es gibt noch nichts zu exportieren; öffnen Sie zuerst ein Video, oder legen Sie einen Klang ab.</translation>
  </message>
  <message>
   <source>There is nothing to keep; press 1 to hear a candidate.</source>
   <translation>Es gibt nichts zu behalten; drücken Sie 1, um einen Kandidaten zu hören.</translation>
  </message>
  <message>
   <source>There is nothing to learn from yet; compare some candidates and pick one with Enter first.</source>
   <translation>Es gibt noch nichts zu lernen; vergleichen Sie zuerst einige Kandidaten und wählen Sie einen mit Enter.</translation>
  </message>
  <message>
   <source>There is nothing to paste; choose a clip and copy it first.</source>
   <translation>Es gibt nichts einzufügen; wählen Sie zuerst einen Clip und kopieren Sie ihn.</translation>
  </message>
  <message>
   <source>There is nothing to pick; choose a cue with candidates and press 1 to hear one.</source>
   <translation>Es gibt nichts auszuwählen; wählen Sie einen Cue mit Kandidaten und drücken Sie 1, um einen zu hören.</translation>
  </message>
  <message>
   <source>There is nothing to throw away; press 1 to hear a candidate.</source>
   <translation>Es gibt nichts wegzuwerfen; drücken Sie 1, um einen Kandidaten zu hören.</translation>
  </message>
  <message>
   <source>These clips are in the project already.</source>
   <translation>Diese Clips sind schon im Projekt.</translation>
  </message>
  <message>
   <source>This clip is in the project already.</source>
   <translation>Dieser Clip ist schon im Projekt.</translation>
  </message>
  <message>
   <source>This cue is in the project already.</source>
   <translation>Dieser Cue ist schon im Projekt.</translation>
  </message>
  <message>
   <source>This is not the data of a project.</source>
   <translation>Das sind keine Daten eines Projekts.</translation>
  </message>
  <message>
   <source>This marker is in the project already.</source>
   <translation>Dieser Marker ist schon im Projekt.</translation>
  </message>
  <message>
   <source>This room has been made already.</source>
   <translation>Dieser Platz wurde schon geschaffen.</translation>
  </message>
  <message>
   <source>This sound is in the project already.</source>
   <translation>Dieser Klang ist schon im Projekt.</translation>
  </message>
  <message>
   <source>This take has no sound there; choose a part that it covers.</source>
   <translation>Dieser Take hat dort keinen Klang; wählen Sie einen Teil, den er abdeckt.</translation>
  </message>
  <message>
   <source>This take is in the project already.</source>
   <translation>Dieser Take ist schon im Projekt.</translation>
  </message>
  <message>
   <source>This take was made for another cue.</source>
   <translation>Dieser Take wurde für einen anderen Cue erzeugt.</translation>
  </message>
  <message>
   <source>This track is in the project already.</source>
   <translation>Diese Spur ist schon im Projekt.</translation>
  </message>
  <message>
   <source>Time is inserted within the project, and more than none; choose a span.</source>
   <translation>Zeit wird innerhalb des Projekts eingefügt, und mehr als keine; wählen Sie eine Spanne.</translation>
  </message>
  <message>
   <source>Training has the device; wait for it to end, or cancel it.</source>
   <translation>Das Lernen belegt das Gerät; warten Sie ab, oder brechen Sie es ab.</translation>
  </message>
  <message>
   <source>Training runs already; wait for it to end, or cancel it.</source>
   <translation>Es wird schon gelernt; warten Sie ab, oder brechen Sie es ab.</translation>
  </message>
  <message>
   <source>UCS names need a creator and a source, such as your initials and the show's abbreviation.</source>
   <translation>UCS-Namen brauchen Urheber und Quelle, etwa Ihre Initialen und das Kürzel der Sendung.</translation>
  </message>
 </context>
 <context>
  <name>ShortcutEditor</name>
  <message>
   <source>A few letters of a command, or its key</source>
   <translation>Ein paar Buchstaben eines Befehls oder seine Taste</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>Dazu</translation>
  </message>
  <message>
   <source>Choose a command, then press its new keys below</source>
   <translation>Einen Befehl wählen, dann unten seine neuen Tasten drücken</translation>
  </message>
  <message>
   <source>Command</source>
   <translation>Befehl</translation>
  </message>
  <message>
   <source>Commands and their keys</source>
   <translation>Befehle und ihre Tasten</translation>
  </message>
  <message>
   <source>Forget all keys of your own</source>
   <translation>Alle eigenen Tasten vergessen</translation>
  </message>
  <message>
   <source>Give the command these keys too</source>
   <translation>Dem Befehl auch diese Tasten geben</translation>
  </message>
  <message>
   <source>Give these keys to the command</source>
   <translation>Dem Befehl diese Tasten geben</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>New keys</source>
   <translation>Neue Tasten</translation>
  </message>
  <message>
   <source>New keys for “{words}”</source>
   <translation>Neue Tasten für „{words}“</translation>
  </message>
  <message>
   <source>No command is chosen.</source>
   <translation>Kein Befehl ist gewählt.</translation>
  </message>
  <message>
   <source>No keys</source>
   <translation>Ohne Tasten</translation>
  </message>
  <message>
   <source>Preset</source>
   <translation>Vorlage</translation>
  </message>
  <message>
   <source>Press keys</source>
   <translation>Tasten drücken</translation>
  </message>
  <message>
   <source>Press the keys that the command should have</source>
   <translation>Die Tasten drücken, die der Befehl haben soll</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Reset all</source>
   <translation>Alle zurück</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Search a command or a key</source>
   <translation>Befehl oder Taste suchen</translation>
  </message>
  <message>
   <source>Tab moves between the controls; choose another key.</source>
   <translation>Tab geht durch die Bedienelemente; eine andere Taste wählen.</translation>
  </message>
  <message>
   <source>Take the command's keys away</source>
   <translation>Dem Befehl seine Tasten nehmen</translation>
  </message>
  <message>
   <source>The command's keys as the preset has them</source>
   <translation>Die Tasten des Befehls nach der Vorlage</translation>
  </message>
  <message>
   <source>The habits of another editor; keys of your own stay</source>
   <translation>Die Gewohnheiten eines anderen Programms; eigene Tasten bleiben</translation>
  </message>
  <message>
   <source>Use</source>
   <translation>Nehmen</translation>
  </message>
  <message>
   <source>changed</source>
   <translation>geändert</translation>
  </message>
  <message>
   <source>{key} is “{words}” already; give that another key first.</source>
   <translation>{key} ist schon „{words}“; erst dem eine andere Taste geben.</translation>
  </message>
  <message>
   <source>{key} is “{words}” now; change or reset that first.</source>
   <translation>{key} ist jetzt „{words}“; erst das ändern oder zurücksetzen.</translation>
  </message>
 </context>
 <context>
  <name>Showing</name>
  <message>
   <source>No prompt yet</source>
   <translation>Noch ohne Worte</translation>
  </message>
  <message>
   <source>left to the program</source>
   <translation>vom Programm</translation>
  </message>
  <message>
   <source>{n} by hand</source>
   <translation>{n} von Hand</translation>
  </message>
  <message>
   <source>{n} found</source>
   <translation>{n} gefunden</translation>
  </message>
 </context>
 <context>
  <name>SoundingWiring</name>
  <message>
   <source>candidate {letter}</source>
   <translation>Kandidat {letter}</translation>
  </message>
  <message>
   <source>mel, 20 Hz – 20 kHz</source>
   <translation>Mel, 20 Hz – 20 kHz</translation>
  </message>
  <message>
   <source>mix</source>
   <translation>Mischung</translation>
  </message>
  <message>
   <source>reading …</source>
   <translation>wird gelesen …</translation>
  </message>
  <message>
   <source>the film's own, muted</source>
   <translation>der des Films, stumm</translation>
  </message>
 </context>
 <context>
  <name>SpottingDelegate</name>
  <message>
   <source>Status</source>
   <translation>Stand</translation>
  </message>
 </context>
 <context>
  <name>SpottingModel</name>
  <message>
   <source>Character</source>
   <translation>Figur</translation>
  </message>
  <message>
   <source>In</source>
   <translation>Anfang</translation>
  </message>
  <message>
   <source>Length</source>
   <translation>Länge</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>No.</source>
   <translation>Nr.</translation>
  </message>
  <message>
   <source>Notes</source>
   <translation>Notizen</translation>
  </message>
  <message>
   <source>Out</source>
   <translation>Ende</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Beschreibung</translation>
  </message>
  <message>
   <source>Sort by this</source>
   <translation>Danach ordnen</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Stand</translation>
  </message>
  <message>
   <source>Takes</source>
   <translation>Takes</translation>
  </message>
  <message>
   <source>UCS</source>
   <translation>UCS</translation>
  </message>
  <message>
   <source>working</source>
   <translation>in Arbeit</translation>
  </message>
 </context>
 <context>
  <name>SpottingPanel</name>
  <message>
   <source>1 cue</source>
   <translation>1 Cue</translation>
  </message>
  <message>
   <source>Enter or a double click writes in a cell; a click on a title sorts</source>
   <translation>Eingabe oder Doppelklick schreibt in ein Feld; ein Klick auf einen Titel ordnet</translation>
  </message>
  <message>
   <source>Every word must be found; “prompt:metal” looks in one column only</source>
   <translation>Jedes Wort muss vorkommen; „prompt:metall“ sucht nur in einer Spalte</translation>
  </message>
  <message>
   <source>Generate</source>
   <translation>Erzeugen</translation>
  </message>
  <message>
   <source>Generate 1 cue</source>
   <translation>1 Cue erzeugen</translation>
  </message>
  <message>
   <source>Generate the chosen cues</source>
   <translation>Die gewählten Cues erzeugen</translation>
  </message>
  <message>
   <source>Generate {n} cues</source>
   <translation>{n} Cues erzeugen</translation>
  </message>
  <message>
   <source>Make candidates for every chosen cue, one after the other</source>
   <translation>Kandidaten für jeden gewählten Cue erzeugen, nacheinander</translation>
  </message>
  <message>
   <source>No cue holds “{words}”.</source>
   <translation>Kein Cue enthält „{words}“.</translation>
  </message>
  <message>
   <source>No cues yet. Mark with {mark_in} and {mark_out}, then press {add_cue}.</source>
   <translation>Noch keine Cues. Mit {mark_in} und {mark_out} markieren, dann {add_cue} drücken.</translation>
  </message>
  <message>
   <source>Search the spotting list</source>
   <translation>Cue-Liste durchsuchen</translation>
  </message>
  <message>
   <source>Search, such as: metal status:picked</source>
   <translation>Suchen, etwa: metall status:picked</translation>
  </message>
  <message>
   <source>Spotting list</source>
   <translation>Cue-Liste</translation>
  </message>
  <message>
   <source>{n} cues</source>
   <translation>{n} Cues</translation>
  </message>
  <message>
   <source>{n} of {all}</source>
   <translation>{n} von {all}</translation>
  </message>
 </context>
 <context>
  <name>StatusRow</name>
  <message>
   <source>1 pick since last training ·</source>
   <translation>1 Auswahl seit dem letzten Lernen ·</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>End what is being done</source>
   <translation>Beenden, was gerade geschieht</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>Aufträge</translation>
  </message>
  <message>
   <source>Jobs {n}</source>
   <translation>Aufträge {n}</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>Bereit</translation>
  </message>
  <message>
   <source>Teach an adapter from the picks</source>
   <translation>Einen Adapter aus den Auswahlen lehren</translation>
  </message>
  <message>
   <source>Train</source>
   <translation>Lernen</translation>
  </message>
  <message>
   <source>Train from picks</source>
   <translation>Aus Auswahlen lernen</translation>
  </message>
  <message>
   <source>What runs, what waits, and what came of the rest</source>
   <translation>Was läuft, was wartet und was aus dem Rest wurde</translation>
  </message>
  <message>
   <source>paused</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <source>step {step} of {steps}</source>
   <translation>Schritt {step} von {steps}</translation>
  </message>
  <message>
   <source>{n} failed</source>
   <translation>{n} misslungen</translation>
  </message>
  <message>
   <source>{n} picks since last training ·</source>
   <translation>{n} Auswahlen seit dem letzten Lernen ·</translation>
  </message>
  <message>
   <source>{n} waiting</source>
   <translation>{n} warten</translation>
  </message>
 </context>
 <context>
  <name>TakeHead</name>
  <message>
   <source>Keep {}</source>
   <translation>{} behalten</translation>
  </message>
  <message>
   <source>Put {} in the trash</source>
   <translation>{} in den Papierkorb</translation>
  </message>
 </context>
 <context>
  <name>TakesLane</name>
  <message>
   <source>No takes of this cue yet: press {generate} to make some.</source>
   <translation>Noch keine Takes dieses Cues: {generate} erzeugt welche.</translation>
  </message>
 </context>
 <context>
  <name>Time</name>
  <message>
   <source>{n} min left</source>
   <translation>noch {n} min</translation>
  </message>
  <message>
   <source>{n} s left</source>
   <translation>noch {n} s</translation>
  </message>
 </context>
 <context>
  <name>TimeField</name>
  <message>
   <source>Playhead</source>
   <translation>Abspielkopf</translation>
  </message>
  <message>
   <source>Where the playhead is; type a time code, 53f or 2.5 s to go there</source>
   <translation>Wo der Abspielkopf steht; Timecode, 53f oder 2.5 s eingeben, um dorthin zu gehen</translation>
  </message>
 </context>
 <context>
  <name>Timeline</name>
  <message>
   <source>Scroll the tracks</source>
   <translation>Spuren verschieben</translation>
  </message>
 </context>
 <context>
  <name>TimelineWiring</name>
  <message>
   <source>Sound</source>
   <translation>Klang</translation>
  </message>
  <message>
   <source>Take {}</source>
   <translation>Take {}</translation>
  </message>
  <message>
   <source>fades {} / {}</source>
   <translation>Blenden {} / {}</translation>
  </message>
  <message>
   <source>take {}</source>
   <translation>Take {}</translation>
  </message>
  <message>
   <source>{} clips</source>
   <translation>{} Clips</translation>
  </message>
 </context>
 <context>
  <name>TrackHead</name>
  <message>
   <source>Gain of {}</source>
   <translation>Pegel von {}</translation>
  </message>
  <message>
   <source>Mute</source>
   <translation>Stumm</translation>
  </message>
  <message>
   <source>Mute {}</source>
   <translation>{} stumm</translation>
  </message>
  <message>
   <source>Solo</source>
   <translation>Solo</translation>
  </message>
  <message>
   <source>Solo {}</source>
   <translation>{} solo</translation>
  </message>
  <message>
   <source>Track {}</source>
   <translation>Spur {}</translation>
  </message>
  <message>
   <source>{} · double-click to rename, drag to move</source>
   <translation>{} · Doppelklick benennt um, Ziehen verschiebt</translation>
  </message>
 </context>
 <context>
  <name>VariationPopover</name>
  <message>
   <source>How far from it the new ones may go (← →)</source>
   <translation>Wie weit sich die neuen entfernen dürfen (← →)</translation>
  </message>
  <message>
   <source>Make new candidates that begin with this one (Enter)</source>
   <translation>Neue Kandidaten erzeugen, die von diesem ausgehen (Eingabe)</translation>
  </message>
  <message>
   <source>Make them  ↵</source>
   <translation>Erzeugen  ↵</translation>
  </message>
  <message>
   <source>More like this</source>
   <translation>Mehr davon</translation>
  </message>
  <message>
   <source>More like {what}</source>
   <translation>Mehr wie {what}</translation>
  </message>
  <message>
   <source>Strength of the variation in per cent</source>
   <translation>Stärke der Veränderung in Prozent</translation>
  </message>
  <message>
   <source>alike</source>
   <translation>ähnlich</translation>
  </message>
  <message>
   <source>close</source>
   <translation>nah</translation>
  </message>
  <message>
   <source>far</source>
   <translation>weit</translation>
  </message>
  <message>
   <source>{value} % from it</source>
   <translation>{value} % davon entfernt</translation>
  </message>
 </context>
 <context>
  <name>Viewer</name>
  <message>
   <source>Drop a video here</source>
   <translation>Ein Video hier ablegen</translation>
  </message>
  <message>
   <source>Viewer</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>or open one with {open}</source>
   <translation>oder mit {open} öffnen</translation>
  </message>
 </context>
 <context>
  <name>Window</name>
  <message>
   <source>Drag over the picture strip to mark a moment, write what is heard, press {generate}: four new sounds.</source>
   <translation>Über den Bildstreifen ziehen markiert eine Stelle; schreiben, was zu hören ist; {generate} drücken: vier neue Klänge.</translation>
  </message>
  <message>
   <source>{pick} lays the one you hear on the timeline, and keeps your choice for training.</source>
   <translation>{pick} legt den gehörten auf die Zeitleiste und merkt sich die Wahl zum Lernen.</translation>
  </message>
  <message>
   <source>{play} plays; {candidate_1} {candidate_2} {candidate_3} {candidate_4} switch between the four sounds at the same moment of the picture.</source>
   <translation>{play} spielt; {candidate_1} {candidate_2} {candidate_3} {candidate_4} wechseln zwischen den vier Klängen an derselben Stelle des Bildes.</translation>
  </message>
 </context>
</TS>
